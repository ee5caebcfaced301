package io.waybill.s3;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.S3Xml.Document;
import io.waybill.s3.S3Xml.PartPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The calls of S3 that we make at one store, each once, as the store answers them: a raw result
 * where null is what was not said, or a {@link StorageFault}. What they mean is decided elsewhere.
 */
final class StoreClient implements AutoCloseable {

  private static final int LONGEST_ANSWER = 16 << 20;
  private static final int LONGEST_ERROR = 64 << 10;
  private static final int LONGEST_SUM = 100;

  private final S3Endpoint endpoint;
  private final EndpointSigner signer;
  private final CloseableHttpClient http;

  StoreClient(S3Endpoint endpoint, S3Settings settings) {
    this.endpoint = endpoint;
    this.signer = new EndpointSigner(endpoint);
    this.http = StorePool.open(settings.connections(), settings.timeouts().connect());
  }

  /** What CreateMultipartUpload said. */
  record Created(@Nullable String uploadId) {}

  /** What CompleteMultipartUpload said of the object. */
  record Completed(@Nullable String key, @Nullable String location, @Nullable String etag) {

    /** An empty ETag is normal on some stores; a body that names nothing at all is no result. */
    boolean isResult() {
      return key != null || location != null || etag != null;
    }
  }

  /** What HEAD said of an object. */
  record Headed(
      @Nullable Long sizeBytes,
      @Nullable String etag,
      @Nullable String versionId,
      Map<String, String> sums) {}

  /** What CopyObject or UploadPartCopy said. */
  record Copied(@Nullable String etag, Map<ChecksumAlgorithm, String> sums) {}

  Created create(NewUpload upload) throws IOException {
    S3Call call =
        S3Call.create(upload.location(), upload.contentType())
            .with(Guarding.headers(upload, endpoint.choices().kmsKeys()));
    return send(call, answer -> new Created(document(answer).text("UploadId")));
  }

  PartPage list(ObjectLocation at, String uploadId, int after) throws IOException {
    return send(S3Call.list(at, uploadId, after), answer -> S3Xml.page(document(answer)));
  }

  Completed complete(ObjectLocation at, String uploadId, List<StoredPart> parts, boolean ifAbsent)
      throws IOException {
    return send(
        S3Call.complete(at, uploadId, parts, ifAbsent),
        answer -> {
          Document document = document(answer);
          return new Completed(
              document.text("Key"), document.text("Location"), document.texts().get("ETag"));
        });
  }

  Headed head(ObjectLocation at, @Nullable String versionId) throws IOException {
    return send(
        S3Call.head(at, versionId),
        answer ->
            new Headed(
                length(answer),
                header(answer, "ETag"),
                header(answer, "x-amz-version-id"),
                sums(answer)));
  }

  private static Map<String, String> sums(ClassicHttpResponse answer) {
    Map<String, String> sums = new TreeMap<>();
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String sum = header(answer, algorithm.header());
      if (sum != null && sum.length() <= LONGEST_SUM) {
        sums.put(algorithm.word(), sum);
      }
    }
    return sums;
  }

  Copied copy(CopySource source, NewUpload target) throws IOException {
    S3Call call =
        S3Call.copy(source, target.location(), target.contentType())
            .with(Guarding.headers(target, endpoint.choices().kmsKeys()));
    return send(call, StoreClient::copied);
  }

  Copied copyPart(CopySource source, ObjectLocation to, String uploadId, CopyRange range)
      throws IOException {
    return send(S3Call.copyPart(source, to, uploadId, range), StoreClient::copied);
  }

  private static Copied copied(ClassicHttpResponse answer) throws IOException {
    Document document = document(answer);
    return new Copied(document.text("ETag"), S3Xml.sums(document.texts()));
  }

  void abort(ObjectLocation at, String uploadId) throws IOException {
    send(S3Call.abort(at, uploadId), StoreClient::withoutWords);
  }

  int delete(ObjectLocation at, @Nullable String versionId) throws IOException {
    return send(S3Call.delete(at, versionId), StoreClient::withoutWords);
  }

  int release(ObjectLocation at, @Nullable String versionId) throws IOException {
    return send(S3Call.release(at, versionId), ClassicHttpResponse::getCode);
  }

  /** A success that has nothing to say; one that says something is an error, or not a store's. */
  private static int withoutWords(ClassicHttpResponse answer) throws IOException {
    if (body(answer, LONGEST_ERROR).read() >= 0) {
      throw StorageFault.nonsense("a body where there is none");
    }
    return answer.getCode();
  }

  int headBucket(String bucket) throws IOException {
    return send(S3Call.headBucket(bucket), ClassicHttpResponse::getCode);
  }

  private interface Reading<T> {
    T read(ClassicHttpResponse answer) throws IOException;
  }

  private <T> T send(S3Call call, Reading<T> reading) throws IOException {
    StoreAddress address =
        StoreAddress.of(endpoint.internal(), endpoint.addressing(), call.bucket(), call.key());
    return http.execute(
        target(address),
        request(call, address),
        answer -> {
          if (answer.getCode() < 200 || answer.getCode() > 299) {
            throw refused(answer);
          }
          return reading.read(answer);
        });
  }

  private ClassicHttpRequest request(S3Call call, StoreAddress address) {
    String path = call.query().isEmpty() ? address.path() : address.path() + "?" + call.query();
    ClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), path);
    signer.headers(call, address, Instant.now()).forEach(request::setHeader);
    if (call.method().startsWith("P")) {
      request.setEntity(new ByteArrayEntity(call.body().getBytes(StandardCharsets.UTF_8), null));
    }
    return request;
  }

  private static HttpHost target(StoreAddress address) {
    URI origin = URI.create(address.origin());
    return new HttpHost(origin.getScheme(), origin.getHost(), origin.getPort());
  }

  /** A success with a document; some stores say in a success that they failed. */
  private static Document document(ClassicHttpResponse answer) throws IOException {
    Document document = S3Xml.read(body(answer, LONGEST_ANSWER));
    if (document.root().equals("Error")) {
      throw StorageFault.answered(
          answer.getCode(), document.text("Code"), document.text("Message"));
    }
    return document;
  }

  private static StorageFault refused(ClassicHttpResponse answer) throws IOException {
    try {
      Document error = S3Xml.read(body(answer, LONGEST_ERROR));
      return StorageFault.answered(answer.getCode(), error.text("Code"), error.text("Message"));
    } catch (StorageFault noWords) {
      return StorageFault.answered(answer.getCode(), null, null);
    }
  }

  private static InputStream body(ClassicHttpResponse answer, int longest) throws IOException {
    HttpEntity entity = answer.getEntity();
    return entity == null
        ? InputStream.nullInputStream()
        : new BoundedStream(entity.getContent(), longest);
  }

  private static @Nullable String header(ClassicHttpResponse answer, String name) {
    Header header = answer.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static @Nullable Long length(ClassicHttpResponse answer) {
    String length = header(answer, "Content-Length");
    try {
      return length == null ? null : Long.valueOf(length.strip());
    } catch (NumberFormatException e) {
      throw StorageFault.nonsense("a length that is none", e);
    }
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.waybill.s3;

import static io.waybill.s3.StoreAnswers.body;
import static io.waybill.s3.StoreAnswers.document;
import static io.waybill.s3.StoreAnswers.header;
import static io.waybill.s3.StoreAnswers.length;
import static io.waybill.s3.StoreAnswers.refused;
import static io.waybill.s3.StoreAnswers.sums;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader.StoredRange;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.S3Xml.Document;
import io.waybill.s3.S3Xml.PartPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The calls of S3 that we make at one store, each once, as the store answers them: a raw result
 * where null is what was not said, or a {@link StorageFault}. What they mean is decided elsewhere.
 */
final class StoreClient implements AutoCloseable {

  private static final int PARTIAL_CONTENT = 206;

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

  /** Whatever a list says. */
  Document read(S3Call call) throws IOException {
    return send(call, StoreAnswers::document);
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

  /** Bytes of an object; a store that answers with others than were asked for has not answered. */
  byte[] get(StoredRange range) throws IOException {
    return send(
        S3Call.get(range),
        answer -> {
          byte[] bytes = body(answer, range.length()).readAllBytes();
          boolean isRange = answer.getCode() == PARTIAL_CONTENT || range.from() == 0;
          if (!isRange || bytes.length != range.length()) {
            throw StorageFault.nonsense("other bytes than were asked for");
          }
          return bytes;
        });
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
    send(S3Call.abort(at, uploadId), StoreAnswers::withoutWords);
  }

  int delete(ObjectLocation at, @Nullable String versionId, LockBypass bypass) throws IOException {
    return send(S3Call.delete(at, versionId, bypass), StoreAnswers::withoutWords);
  }

  int hold(ObjectLocation at, @Nullable String versionId, HoldStatus status) throws IOException {
    return send(S3Call.hold(at, versionId, status), ClassicHttpResponse::getCode);
  }

  int headBucket(String bucket) throws IOException {
    try {
      return send(S3Call.headBucket(bucket), ClassicHttpResponse::getCode);
    } catch (StorageFault fault) {
      throw StoreAnswers.aboutBucket(fault, bucket);
    }
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

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

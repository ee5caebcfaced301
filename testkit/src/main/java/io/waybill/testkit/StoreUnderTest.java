package io.waybill.testkit;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.CreateOutcome.Created;
import io.waybill.core.storage.ObjectStore.ListOutcome.Parts;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.storage.UrlSigner;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;

/**
 * A store and the signer of its URLs, with the client that a contract sends bytes by.
 *
 * @param bucket a bucket for throwing away; contracts leave objects in it
 */
public record StoreUnderTest(
    ObjectStore store, UrlSigner signer, String endpointRef, String bucket, HttpClient http) {

  /** The smallest part that may have another after it. */
  public static final int MIN_PART = 5 * 1024 * 1024;

  private static final Duration LIFE = Duration.ofMinutes(5);

  public StoreUnderTest(ObjectStore store, UrlSigner signer, String endpointRef, String bucket) {
    this(store, signer, endpointRef, bucket, HttpClient.newHttpClient());
  }

  /** A key that nobody used before. */
  ObjectLocation freshLocation() {
    return freshLocation("run.bin");
  }

  ObjectLocation freshLocation(String name) {
    return new ObjectLocation(endpointRef, bucket, "contract/" + UUID.randomUUID() + "/" + name);
  }

  Begun begin() {
    return begin(freshLocation());
  }

  Begun begin(ObjectLocation location) {
    List<ObjectStore.CreateOutcome> outcomes =
        store.createUploads(List.of(new NewUpload(location, "application/octet-stream")));
    return switch (outcomes.getFirst()) {
      case Created created -> new Begun(location, created.uploadId());
      case ObjectStore.CreateOutcome.Refused refused -> throw new AssertionError(refused);
      case ObjectStore.CreateOutcome.Unavailable unavailable -> throw unavailable.outage();
    };
  }

  List<StoredPart> parts(Begun upload) {
    return switch (store.listParts(upload.location(), upload.uploadId())) {
      case Parts(List<StoredPart> parts) -> parts;
      case ObjectStore.ListOutcome.NoSuchUpload gone -> throw new AssertionError(gone);
    };
  }

  /** A URL for one part of this many bytes, good from now on. */
  String partUrl(Begun upload, int partNumber, long length) {
    return partUrl(upload, partNumber, length, Instant.now());
  }

  String partUrl(Begun upload, int partNumber, long length, Instant signedAt) {
    SignedParts signed =
        signer.signParts(
            new PartsToSign(
                upload.location(),
                upload.uploadId(),
                List.of(new PartLength(partNumber, length)),
                signedAt,
                LIFE));
    return signed.url(signed.signatures().getFirst());
  }

  String downloadUrl(ObjectLocation location, String fileName) {
    return signer.signDownload(location, fileName, Instant.now(), LIFE);
  }

  /** Sends a part as a device does and requires that the store took it. */
  void send(Begun upload, int partNumber, byte[] bytes) {
    OptionalInt status = put(partUrl(upload, partNumber, bytes.length), bytes);
    if (status.orElse(0) != 200) {
      throw new AssertionError("part " + partNumber + " was answered " + status);
    }
  }

  /** Stores an object of these bytes, in as many parts as it takes. */
  StoredObject stored(ObjectLocation location, byte[] bytes) {
    Begun upload = begin(location);
    for (int part = 0; part == 0 || part * MIN_PART < bytes.length; part++) {
      int end = Math.min((part + 1) * MIN_PART, bytes.length);
      send(upload, part + 1, Arrays.copyOfRange(bytes, part * MIN_PART, end));
    }
    ObjectStore.CompleteOutcome outcome =
        store.complete(location, upload.uploadId(), parts(upload));
    if (!(outcome instanceof ObjectStore.CompleteOutcome.Done)) {
      throw new AssertionError(outcome);
    }
    return store.head(location).orElseThrow();
  }

  /** The status; empty when the store closed the connection before it had read everything. */
  OptionalInt put(String url, byte[] bytes) {
    return put(url, BodyPublishers.ofByteArray(bytes));
  }

  /** The same without saying beforehand how many bytes will come. */
  OptionalInt putChunked(String url, InputStream bytes) {
    return put(url, BodyPublishers.ofInputStream(() -> bytes));
  }

  /** The same with the wish that these bytes be those of another object. */
  OptionalInt putCopyOf(ObjectLocation other, String url, byte[] bytes) {
    return put(
        request(url, BodyPublishers.ofByteArray(bytes))
            .header("x-amz-copy-source", other.bucket() + "/" + other.key())
            .header("x-amz-copy-source-range", "bytes=0-" + (bytes.length - 1))
            .build());
  }

  private OptionalInt put(String url, BodyPublisher body) {
    return put(request(url, body).build());
  }

  private static HttpRequest.Builder request(String url, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(LIFE).PUT(body);
  }

  private OptionalInt put(HttpRequest request) {
    try {
      return OptionalInt.of(http.send(request, BodyHandlers.discarding()).statusCode());
    } catch (IOException closedEarly) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String url, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(LIFE);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Bytes that no compression and no accident reproduces. */
  static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random().nextBytes(bytes);
    return bytes;
  }

  /** A multipart upload that the store has made. */
  public record Begun(ObjectLocation location, String uploadId) {}
}

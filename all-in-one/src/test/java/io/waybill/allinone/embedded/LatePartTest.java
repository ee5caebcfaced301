package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.allinone.embedded.EmbeddedStore.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A part that was begun while its upload ran, and is whole when that has ended. */
@Timeout(120)
class LatePartTest {
  private static final String BUCKET = "robot-data";
  private static final String KEY = "tenants/t/late.mcap";
  private static final int PART_BYTES = 5 << 20;
  private static final int HELD_BYTES = 1 << 10;

  @TempDir private Path directory;
  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void is_refused_and_leaves_nothing() throws Exception {
    try (EmbeddedStore store = EmbeddedStore.start(Settings.development(directory, 0));
        HttpClient http = HttpClient.newHttpClient();
        S3Client s3 = EmbeddedStoreTest.client(store, "waybill_dev_storage_local_only");
        S3Presigner presigner = EmbeddedStoreTest.presigner(store)) {
      String upload = s3.createMultipartUpload(c -> c.bucket(BUCKET).key(KEY)).uploadId();
      String etag =
          s3.uploadPart(
                  p -> p.bucket(BUCKET).key(KEY).uploadId(upload).partNumber(1),
                  RequestBody.fromBytes(new byte[PART_BYTES]))
              .eTag();
      long before = bytesOnDisk();
      CompletableFuture<HttpResponse<String>> late =
          http.sendAsync(heldBack(presigned(presigner, upload)), BodyHandlers.ofString());
      Awaitility.await().until(() -> bytesOnDisk() > before);

      s3.completeMultipartUpload(c ->
          c.bucket(BUCKET)
              .key(KEY)
              .uploadId(upload)
              .multipartUpload(
                  m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
      gate.countDown();

      assertThat(late.get().statusCode()).isEqualTo(404);
      assertThat(late.get().body()).contains("NoSuchUpload");
      assertThat(s3.headObject(h -> h.bucket(BUCKET).key(KEY)).contentLength())
          .isEqualTo(PART_BYTES);
      try (Stream<Path> all = Files.walk(directory)) {
        assertThat(all.filter(Files::isRegularFile).map(Path::toString))
            .noneMatch(file -> file.contains("/.mpus-"));
      }
    }
  }

  private HttpRequest heldBack(URI url) {
    return HttpRequest.newBuilder(url)
        .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::slowly), PART_BYTES))
        .build();
  }

  /** All but the last of it, and that when the gate is open. */
  private InputStream slowly() {
    return new InputStream() {
      private int left = PART_BYTES;

      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1) < 0 ? -1 : 0;
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        if (left == HELD_BYTES) {
          try {
            gate.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
        int most = left > HELD_BYTES ? left - HELD_BYTES : left;
        int read = Math.min(length, most);
        left -= read;
        return read;
      }
    };
  }

  private long bytesOnDisk() {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(LatePartTest::size).sum();
    } catch (IOException | UncheckedIOException moving) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI presigned(S3Presigner presigner, String upload) throws Exception {
    return presigner
        .presignUploadPart(sign ->
            sign.signatureDuration(Duration.ofMinutes(5))
                .uploadPartRequest(part ->
                    part.bucket(BUCKET)
                        .key(KEY)
                        .uploadId(upload)
                        .partNumber(2)
                        .contentLength((long) PART_BYTES)))
        .url()
        .toURI();
  }
}

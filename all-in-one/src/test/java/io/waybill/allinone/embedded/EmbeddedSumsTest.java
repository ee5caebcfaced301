package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part whose bytes are not those of its sum never gets into the embedded store. */
class EmbeddedSumsTest {
  private static final ObjectLocation AT = new ObjectLocation("local", "robot-data", "sums/a");
  private static final String SUM = "QFM8pg==";

  @TempDir Path directory;

  @Test
  void a_part_is_taken_with_the_right_sum_only_and_the_object_completes() throws Exception {
    EmbeddedStore.Settings settings = EmbeddedStore.Settings.development(directory, 0);
    try (EmbeddedStore embedded = EmbeddedStore.start(settings);
        S3ObjectStore store = new S3ObjectStore(s3(embedded, settings))) {
      String uploadId = create(store);
      String url = url(new SigV4UrlSigner(s3(embedded, settings)), uploadId);

      assertThat(put(url, SUM, "WAYBILL")).isEqualTo(400);
      assertThat(put(url, "igOegg==", "WAYBILL")).isEqualTo(403);
      assertThat(store.listParts(AT, uploadId)).isEqualTo(new ListOutcome.Parts(List.of()));
      assertThat(put(url, SUM, "waybill")).isEqualTo(200);

      ListOutcome.Parts listed = (ListOutcome.Parts) store.listParts(AT, uploadId);
      assertThat(store.complete(AT, uploadId, listed.parts()))
          .isEqualTo(new CompleteOutcome.Done());
      assertThat(store.head(AT).orElseThrow().sizeBytes()).isEqualTo(7);
    }
  }

  private static String create(S3ObjectStore store) {
    Protection checked =
        new Protection(
            ChecksumMode.STORAGE_NATIVE_CRC32C,
            EncryptionMode.NONE,
            null,
            ObjectLockMode.NONE,
            null,
            false);
    List<CreateOutcome> made =
        store.createUploads(List.of(new NewUpload(AT, "video/mp4", checked, null)));
    return ((CreateOutcome.Created) made.getFirst()).uploadId();
  }

  private static String url(SigV4UrlSigner signer, String uploadId) {
    SignedParts signed =
        signer.signParts(
            new PartsToSign(
                AT,
                uploadId,
                List.of(new PartLength(1, 7, SUM)),
                ChecksumAlgorithm.CRC32C,
                Instant.now(),
                Duration.ofMinutes(5)));
    return signed.url(signed.signatures().getFirst());
  }

  private static int put(String url, String sum, String text) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header(ChecksumAlgorithm.CRC32C.header(), sum)
              .PUT(BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.US_ASCII)))
              .build();
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /** How the store is reached as the only one. */
  static S3Settings s3(EmbeddedStore embedded, EmbeddedStore.Settings settings) {
    return S3Settings.of(
        "local",
        new S3Endpoint(
            embedded.endpoint(),
            embedded.endpoint(),
            "us-east-1",
            new S3Credentials(settings.accessKey(), settings.secretKey()),
            S3Addressing.PATH,
            settings.bucket(),
            true));
  }
}

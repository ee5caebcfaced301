package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartSignature;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDK is the oracle: whole URLs are equal, to the byte and to the order of parameters. */
class SigV4UrlSignerTest {

  private static final int RANDOM_INPUTS = 2_000;
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** Named in the failure, so that a failing input can be run again. */
  private final long seed = new Random().nextLong();

  private final RandomInputs random = new RandomInputs(new Random(seed));

  @ParameterizedTest
  @EnumSource(S3Addressing.class)
  void a_part_url_equals_the_one_of_the_sdks_presigner(S3Addressing addressing) {
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      S3Endpoint endpoint = random.endpoint(addressing);
      ObjectLocation location = random.location();
      String uploadId = random.uploadId();
      PartLength part = random.part();
      Duration life = random.life();

      SdkPresigner.Signed theirs = SdkPresigner.of(endpoint).part(location, uploadId, part, life);

      assertThat(
              url(
                  signer(endpoint),
                  new PartsToSign(location, uploadId, List.of(part), theirs.at(), life)))
          .as("seed %d, input %d", seed, i)
          .isEqualTo(theirs.url());
    }
  }

  @ParameterizedTest
  @EnumSource(S3Addressing.class)
  void a_download_url_equals_the_one_of_the_sdks_presigner(S3Addressing addressing) {
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      S3Endpoint endpoint = random.endpoint(addressing);
      ObjectLocation location = random.location();
      String fileName = random.text(1 + random.below(60));
      Duration life = random.life();

      SdkPresigner.Signed theirs =
          SdkPresigner.of(endpoint)
              .download(location, ContentDisposition.attachment(fileName), life);

      assertThat(signer(endpoint).signDownload(location, fileName, theirs.at(), life))
          .as("seed %d, input %d", seed, i)
          .isEqualTo(theirs.url());
    }
  }

  @Test
  void at_any_time_a_part_url_equals_the_one_of_the_sdks_signer() {
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      S3Endpoint endpoint = random.endpoint(S3Addressing.PATH);
      PartsToSign asked =
          new PartsToSign(
              random.location(),
              random.uploadId(),
              List.of(random.part()),
              random.instant(),
              random.life());

      String ours = url(signer(endpoint), asked);

      assertThat(ours)
          .as("seed %d, input %d", seed, i)
          .isEqualTo(SdkSigner.signLike(ours, endpoint, asked));
    }
  }

  @ParameterizedTest
  @EnumSource(S3Addressing.class)
  void a_call_of_our_own_is_signed_like_the_sdks(S3Addressing addressing) {
    for (int i = 0; i < RANDOM_INPUTS; i++) {
      S3Endpoint endpoint = random.endpoint(addressing);
      ObjectLocation at = random.location();
      String uploadId = random.uploadId();
      Instant now = random.instant();
      StoredPart part = new StoredPart(1 + i, random.text(20), 5, Instant.EPOCH);
      for (S3Call call :
          List.of(
              S3Call.create(at, "video/mp4; codecs=\"a\""),
              S3Call.list(at, uploadId, i),
              S3Call.complete(at, uploadId, List.of(part), i % 2 == 0),
              S3Call.head(at, i % 2 == 0 ? null : uploadId),
              S3Call.copy(source(random, i), at, "video/mp4"),
              S3Call.copyPart(source(random, i), at, uploadId, new CopyRange(i + 1, 5, 9)),
              S3Call.abort(at, uploadId),
              S3Call.headBucket(at.bucket()))) {
        StoreAddress address =
            StoreAddress.of(endpoint.internal(), addressing, call.bucket(), call.key());

        assertThat(new EndpointSigner(endpoint).headers(call, address, now))
            .as("seed %d, input %d", seed, i)
            .containsEntry("Authorization", SdkSigner.authorize(call, endpoint, now));
      }
    }
  }

  private static CopySource source(RandomInputs random, int i) {
    String versionId = i % 2 == 0 ? null : random.text(12);
    return new CopySource(random.location(), versionId, "\"e-" + i + "\"", 5);
  }

  @Test
  void one_signer_signs_rightly_on_both_sides_of_midnight_and_back() {
    S3Endpoint endpoint = endpoint("http://127.0.0.1:19000");
    SigV4UrlSigner signer = signer(endpoint);
    Instant midnight = Instant.parse("2028-02-29T00:00:00Z");
    for (Instant now :
        List.of(
            midnight.minusNanos(1), midnight, midnight.minusNanos(1), midnight.plusSeconds(1))) {
      PartsToSign asked =
          new PartsToSign(
              LOCATION, "upload", List.of(new PartLength(1, 5)), now, Duration.ofMinutes(15));

      String ours = url(signer, asked);

      assertThat(ours).isEqualTo(SdkSigner.signLike(ours, endpoint, asked));
    }
  }

  @Test
  void a_bucket_that_no_host_name_can_carry_stands_in_the_path() {
    for (String external : List.of("http://127.0.0.1:19000", "http://[::1]:9000")) {
      S3Endpoint endpoint = endpoint(external, S3Addressing.VIRTUAL_HOST);

      assertThat(signer(endpoint).signDownload(LOCATION, "f", NOON, Duration.ofMinutes(1)))
          .startsWith(external + "/robot-data/tenants/");
    }
  }

  @Test
  void parts_of_one_request_share_a_template_and_nothing_else() {
    S3Endpoint endpoint = endpoint("https://s3.example.com");
    List<PartLength> parts = new ArrayList<>();
    for (int number = 1; number <= 100; number++) {
      parts.add(new PartLength(number, 1L << (number % 33)));
    }

    SignedParts signed =
        signer(endpoint)
            .signParts(new PartsToSign(LOCATION, "upload", parts, NOON, Duration.ofMinutes(1)));

    assertThat(signed.urlTemplate())
        .containsOnlyOnce("{part_number}")
        .containsOnlyOnce("{signature}");
    for (int i = 0; i < parts.size(); i++) {
      assertThat(signed.url(signed.signatures().get(i)))
          .isEqualTo(
              url(
                  signer(endpoint),
                  new PartsToSign(
                      LOCATION, "upload", List.of(parts.get(i)), NOON, Duration.ofMinutes(1))));
    }
    assertThat(signed.signatures()).extracting(PartSignature::signature).doesNotHaveDuplicates();
  }

  @Test
  void threads_that_share_a_signer_around_midnight_sign_rightly() throws Exception {
    S3Endpoint endpoint = endpoint("http://127.0.0.1:19000");
    SigV4UrlSigner shared = signer(endpoint);
    Instant midnight = Instant.parse("2027-01-01T00:00:00Z");
    Callable<List<String>> work =
        () -> {
          List<String> urls = new ArrayList<>();
          for (int i = 0; i < 500; i++) {
            Instant now = midnight.plusSeconds(i % 2 == 0 ? -1 : 0);
            urls.add(shared.signDownload(LOCATION, "f" + i, now, Duration.ofMinutes(1)));
          }
          return urls;
        };

    List<String> alone = work.call();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> urls : threads.invokeAll(List.of(work, work, work, work))) {
        assertThat(urls.get()).isEqualTo(alone);
      }
    }
  }

  @Test
  void the_public_endpoint_is_told_without_what_clients_need_not_know() {
    assertThat(signer(endpoint("https://s3.example.com:443/")).publicEndpoint("local"))
        .isEqualTo("https://s3.example.com");
    assertThat(signer(endpoint("http://s3.example.com:9000")).publicEndpoint("local"))
        .isEqualTo("http://s3.example.com:9000");
  }

  @ParameterizedTest
  @CsvSource({
    "http://LocalHost:19000, http://localhost:19000",
    "http://[0:0:0:0:0:0:0:1]:9000, http://[::1]:9000",
    "HTTPS://S3.Example.com.:443, https://s3.example.com",
  })
  void a_url_is_signed_for_the_host_that_clients_send(String written, String sent) {
    assertThat(signer(endpoint(written)).signDownload(LOCATION, "f", NOON, Duration.ofMinutes(1)))
        .startsWith(sent + "/robot-data/")
        .isEqualTo(signer(endpoint(sent)).signDownload(LOCATION, "f", NOON, Duration.ofMinutes(1)));
  }

  @Test
  void a_life_that_storage_would_refuse_is_a_bug() {
    SigV4UrlSigner signer = signer(endpoint("http://127.0.0.1:19000"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.signDownload(LOCATION, "f", NOON, Duration.ofDays(8)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.signDownload(LOCATION, "f", NOON, Duration.ofMillis(900)));
  }

  private static final ObjectLocation LOCATION =
      new ObjectLocation("local", "robot-data", "tenants/a/lauf 7.mcap");

  private static String url(SigV4UrlSigner signer, PartsToSign asked) {
    SignedParts signed = signer.signParts(asked);
    return signed.url(signed.signatures().getFirst());
  }

  private static SigV4UrlSigner signer(S3Endpoint endpoint) {
    return new SigV4UrlSigner(S3Settings.of("local", endpoint));
  }

  private static S3Endpoint endpoint(String external) {
    return endpoint(external, S3Addressing.PATH);
  }

  private static S3Endpoint endpoint(String external, S3Addressing addressing) {
    return new S3Endpoint(
        URI.create("http://127.0.0.1:1"),
        URI.create(external),
        "us-east-1",
        new S3Credentials("AKID", "secret"),
        addressing,
        "robot-data",
        false);
  }
}

package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UrlSigner.PartLength;
import io.waybill.core.storage.UrlSigner.PartsToSign;
import io.waybill.core.storage.UrlSigner.SignedParts;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** URLs that take bytes of one sum only. */
class ChecksumUrlTest {
  private static final ObjectLocation AT = new ObjectLocation("local", "robot-data", "a/b c");
  private static final Duration LIFE = Duration.ofMinutes(15);

  @ParameterizedTest
  @EnumSource
  void a_url_with_a_sum_equals_the_one_of_the_sdks_presigner(ChecksumAlgorithm algorithm) {
    S3Endpoint endpoint =
        new S3Endpoint(
            URI.create("https://s3.example.com"),
            URI.create("https://s3.example.com"),
            "eu-central-1",
            new S3Credentials("key", "secret"),
            S3Addressing.PATH,
            "robot-data",
            false);
    PartLength part = new PartLength(17, 5, ProbeCalls.sumOfRight(algorithm));

    SdkPresigner.Signed theirs =
        SdkPresigner.of(endpoint).part(AT, "up/load", part, algorithm, LIFE);
    SignedParts ours =
        new SigV4UrlSigner(S3Settings.of("local", endpoint))
            .signParts(new PartsToSign(AT, "up/load", List.of(part), algorithm, theirs.at(), LIFE));

    assertThat(ours.url(ours.signatures().getFirst())).isEqualTo(theirs.url());
  }

  @ParameterizedTest
  @EnumSource
  void no_part_goes_without_a_sum_where_others_have_one(ChecksumAlgorithm algorithm) {
    List<PartLength> bare = List.of(new PartLength(1, 5));
    assertThatThrownBy(
            () -> new PartsToSign(AT, "upload", bare, algorithm, java.time.Instant.EPOCH, LIFE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.storage.Capability;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The probe on the store of {@code WAYBILL_TEST_S3_*}. Twice it finds the same; where {@code
 * WAYBILL_TEST_S3_CAPABILITIES} says what that is, it is held to it. The same for a bucket that was
 * made for object locks, if there is one: {@code _LOCKED_BUCKET} and {@code _LOCKED_CAPABILITIES}.
 */
@Tag("docker")
@EnabledIfEnvironmentVariable(named = "WAYBILL_TEST_S3_ENDPOINT", matches = ".+")
class RealStoreProbeTest {

  @Test
  void a_store_is_found_to_do_the_same_each_time() {
    find(variable("BUCKET", ""), variable("CAPABILITIES", ""));
  }

  @Test
  @EnabledIfEnvironmentVariable(
      named = "WAYBILL_TEST_S3_LOCKED_BUCKET",
      matches = ".+",
      disabledReason = "no bucket for object locks; without Docker there is none")
  void so_is_a_bucket_that_was_made_for_object_locks() {
    find(variable("LOCKED_BUCKET", ""), variable("LOCKED_CAPABILITIES", ""));
  }

  private static void find(String bucket, String said) {
    URI store = URI.create(variable("ENDPOINT", ""));
    S3Endpoint endpoint =
        new S3Endpoint(
            store,
            store,
            variable("REGION", "us-east-1"),
            new S3Credentials(variable("ACCESS_KEY", ""), variable("SECRET_KEY", "")),
            S3Addressing.PATH,
            bucket,
            false);
    S3Probe probe = new S3Probe(S3Settings.of("real", endpoint));

    Set<Capability> found = probe.probe("real", bucket);

    assertThat(probe.probe("real", bucket)).isEqualTo(found);
    if (!said.isEmpty()) {
      assertThat(found).extracting(Capability::name).containsExactlyInAnyOrder(said.split(","));
    }
  }

  private static String variable(String name, String otherwise) {
    return System.getenv().getOrDefault("WAYBILL_TEST_S3_" + name, otherwise);
  }
}

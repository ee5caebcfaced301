package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.waybill.core.storage.Capability;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The probe on a store that we did not write. Twice it finds the same; where {@code
 * WAYBILL_TEST_S3_CAPABILITIES} says what that is, it is held to it. The same for a bucket that was
 * made for object locks, and {@code _LOCKED_CAPABILITIES}.
 */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealStoreProbeTest {
  private RealStore store;

  @BeforeAll
  void connect() {
    store = RealStore.open();
  }

  @AfterAll
  void disconnect() {
    store.close();
  }

  @Test
  void a_store_is_found_to_do_the_same_each_time() {
    find(store.bucket(), "CAPABILITIES");
  }

  @Test
  void so_is_a_bucket_that_was_made_for_object_locks() {
    find(store.locked(), "LOCKED_CAPABILITIES");
  }

  private static void find(Optional<S3Endpoint> there, String said) {
    S3Endpoint endpoint = there.orElseGet(() -> abort(RealStore.MISSING));
    S3Probe probe = new S3Probe(S3Settings.of("real", endpoint));

    Set<Capability> found = probe.probe("real", endpoint.bucket());

    assertThat(probe.probe("real", endpoint.bucket())).isEqualTo(found);
    String names = System.getenv().getOrDefault("WAYBILL_TEST_S3_" + said, "");
    if (!names.isEmpty()) {
      assertThat(found).extracting(Capability::name).containsExactlyInAnyOrder(names.split(","));
    }
  }
}

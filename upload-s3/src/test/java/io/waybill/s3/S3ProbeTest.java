package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.storage.Capability;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A probe finds exactly what a store does, and leaves nothing behind. */
class S3ProbeTest {

  @Test
  void what_does_everything_is_found_to_do_everything() throws IOException {
    assertThat(found(EnumSet.allOf(Capability.class)))
        .containsExactlyInAnyOrder(Capability.values());
  }

  @Test
  void what_ignores_everything_is_found_to_do_nothing() throws IOException {
    assertThat(found(EnumSet.noneOf(Capability.class))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void what_lacks_one_thing_is_found_to_lack_that(Capability lacked) throws IOException {
    EnumSet<Capability> able = EnumSet.complementOf(EnumSet.of(lacked));
    if (lacked == Capability.VERSIONING) {
      able.remove(Capability.OBJECT_LOCK); // a lock is a version's
    }
    assertThat(found(able)).containsExactlyInAnyOrderElementsOf(able);
  }

  @Test
  void a_store_that_is_away_is_an_outage() {
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> probe(URI.create("http://127.0.0.1:1")));
  }

  private static Set<Capability> found(Set<Capability> able) throws IOException {
    try (AbleStore store = new AbleStore(able)) {
      Set<Capability> found = probe(store.address());
      assertThat(probe(store.address())).as("the second time").isEqualTo(found);
      assertThat(store.left()).isEmpty();
      return found;
    }
  }

  private static Set<Capability> probe(URI address) {
    S3Endpoint endpoint =
        new S3Endpoint(
            address,
            address,
            "us-east-1",
            new S3Credentials("key", "secret"),
            S3Addressing.PATH,
            "robot-data",
            false);
    return new S3Probe(S3Settings.of("able", endpoint)).probe("able", "robot-data");
  }
}

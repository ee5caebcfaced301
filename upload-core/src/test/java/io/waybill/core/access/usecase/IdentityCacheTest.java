package io.waybill.core.access.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Identity;
import io.waybill.core.fixture.Registry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IdentityCacheTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final Duration LIFE = Duration.ofSeconds(5);

  private final IdentityCache cache = new IdentityCache();
  private final Identity person = Registry.person().identity();

  private void keep(String key, Instant now) {
    cache.keep(key, person, now, now.plus(LIFE), cache.changes());
  }

  @Test
  void a_fleet_that_was_heard_once_is_not_remembered_for_ever() {
    for (int device = 0; device < 10_000; device++) {
      keep("device-" + device, NOON);
    }
    assertThat(cache.size()).isEqualTo(10_000);

    keep("one more", NOON.plus(LIFE));

    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.find("one more", NOON.plus(LIFE))).isEqualTo(person);
  }

  @Test
  void who_has_not_ended_stays() {
    keep("early", NOON);
    keep("later", NOON.plusSeconds(3));
    keep("early", NOON.plusSeconds(4)); // read again: it is the youngest now

    keep("last", NOON.plusSeconds(8));

    assertThat(cache.find("later", NOON.plusSeconds(8))).isNull();
    assertThat(cache.find("early", NOON.plusSeconds(8))).isEqualTo(person);
    assertThat(cache.size()).isEqualTo(2);
  }

  @Test
  void what_was_read_before_a_change_is_not_kept_after_it() {
    long before = cache.changes();
    cache.forget();
    cache.keep("stale", person, NOON, NOON.plus(LIFE), before);
    assertThat(cache.find("stale", NOON)).isNull();
  }
}

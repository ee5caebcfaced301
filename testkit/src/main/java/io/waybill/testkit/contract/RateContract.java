package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.RateStore.Leased;
import io.waybill.core.upload.RateStore.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.RateStore}. */
public abstract class RateContract extends PortContract {

  private final UUID tenant = Ids.next();
  private final UUID device = Ids.next();

  @Test
  void a_bucket_that_nobody_knows_is_full_and_gives_until_it_is_empty() {
    assertThat(lease(tenant, 60, 40, at(0))).isEqualTo(new Leased(40, 20));
    assertThat(lease(tenant, 60, 40, at(0))).isEqualTo(new Leased(20, 0));
    assertThat(lease(tenant, 60, 40, at(0))).isEqualTo(new Leased(0, 0));
  }

  @Test
  void it_fills_evenly_and_never_over() {
    assertThat(lease(tenant, 120, 120, at(0))).isEqualTo(new Leased(120, 0));
    assertThat(lease(tenant, 120, 120, at(5))).isEqualTo(new Leased(10, 0));
    assertThat(lease(tenant, 120, 1, at(3600))).isEqualTo(new Leased(1, 119));
  }

  @Test
  void what_is_less_than_one_stays() {
    assertThat(lease(tenant, 30, 30, at(0))).isEqualTo(new Leased(30, 0));
    assertThat(lease(tenant, 30, 30, at(1))).isEqualTo(new Leased(0, 0.5));
    assertThat(lease(tenant, 30, 30, at(2))).isEqualTo(new Leased(1, 0));
  }

  @Test
  void a_clock_that_is_behind_takes_nothing_away() {
    assertThat(lease(tenant, 60, 60, at(10))).isEqualTo(new Leased(60, 0));
    assertThat(lease(tenant, 60, 60, at(1))).isEqualTo(new Leased(0, 0));
    assertThat(lease(tenant, 60, 60, at(11))).isEqualTo(new Leased(1, 0));
  }

  @Test
  void another_limit_holds_from_now_on() {
    assertThat(lease(tenant, 600, 1, at(0))).isEqualTo(new Leased(1, 599));
    assertThat(lease(tenant, 60, 100, at(0))).isEqualTo(new Leased(60, 0));
  }

  @Test
  void several_buckets_are_asked_at_once() {
    List<Wanted> wanted = List.of(new Wanted(tenant, 600, 60), new Wanted(device, 120, 12));

    Map<UUID, Leased> leased = read(tx -> tx.rates().lease(wanted, at(0)));

    assertThat(leased).isEqualTo(Map.of(tenant, new Leased(60, 540), device, new Leased(12, 108)));
  }

  private Leased lease(UUID owner, int perMinute, int requests, Instant now) {
    return read(tx -> tx.rates().lease(List.of(new Wanted(owner, perMinute, requests)), now))
        .getOrDefault(owner, new Leased(-1, -1));
  }
}

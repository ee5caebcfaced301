package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.core.device.Device;
import io.waybill.core.device.PresenceStore.Birth;
import io.waybill.testkit.Plant;
import io.waybill.testkit.contract.Devices;
import io.waybill.testkit.contract.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FleetCountsTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void devices_are_counted_by_a_worker_and_unknown_while_the_database_is_away() {
    Plant plant = new Plant(CommitListener.NONE);
    FleetCounts counts = new FleetCounts(plant.cases.devices().countDevices(), registry);
    assertThat(registry.scrape())
        .contains("devices_online NaN")
        .contains("device_last_seen_age_seconds_count 0");

    born(plant);
    plant.time.advance(Duration.ofMinutes(10));
    counts.run();
    assertThat(registry.scrape())
        .contains("devices_online 1.0")
        .contains("device_last_seen_age_seconds_bucket{le=\"300.0\"} 0")
        .contains("device_last_seen_age_seconds_bucket{le=\"900.0\"} 1");

    plant.database.down = true;
    assertThatThrownBy(counts::run).isInstanceOf(Outage.class);
    assertThat(registry.scrape()).contains("devices_online NaN");
  }

  private static void born(Plant plant) {
    Device device = Devices.device(plant.world.project(), "press-1", World.BEGINNING);
    Birth birth = new Birth(device.tenantId(), device.deviceId(), "only", null, World.BEGINNING);
    assertThat(plant.ports.work().<Boolean>commit(tx -> tx.devices().insert(device))).isTrue();
    assertThat(plant.ports.work().<Boolean>commit(tx -> tx.devices().presence().born(birth)))
        .isTrue();
  }
}

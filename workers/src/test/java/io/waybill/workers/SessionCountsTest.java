package io.waybill.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.testkit.Plant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionCountsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void sessions_under_way_are_counted_by_a_worker_and_unknown_while_the_database_is_away() {
    Plant plant = new Plant(CommitListener.NONE);
    SessionCounts counts = new SessionCounts(plant.cases.uploads().countSessions(), registry);
    assertThat(registry.scrape()).contains("upload_sessions_by_status{status=\"INITIATED\"} NaN");
    plant.create(1);
    UUID completed = plant.create(1);
    plant.put(completed, 1, Plant.PART_BYTES);
    plant.complete(completed);

    counts.run();
    assertThat(registry.scrape())
        .contains("upload_sessions_by_status{status=\"INITIATED\"} 1.0")
        .contains("upload_sessions_by_status{status=\"UPLOADING\"} 0.0")
        .doesNotContain("COMPLETED");

    plant.database.down = true;
    assertThatThrownBy(counts::run).isInstanceOf(Outage.class);
    assertThat(registry.scrape()).contains("upload_sessions_by_status{status=\"INITIATED\"} NaN");
  }
}

package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.trace.Tracer;
import io.waybill.s3.RetryPolicy;
import io.waybill.s3.RetryingObjectStore;
import io.waybill.testkit.Breakable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeteredObjectStoreTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MeteredObjectStore store =
      new MeteredObjectStore(new MemoryObjectStore(Set.of("robot-data")), registry, Tracer.NONE);

  @Test
  void every_series_is_there_before_the_first_call() {
    assertThat(registry.scrape())
        .contains(
            "storage_operation_duration_seconds_count{operation=\"complete\"} 0",
            "storage_operation_errors_total{operation=\"create\"} 0.0");
  }

  @Test
  void how_the_store_fares_is_passed_along_by_what_repeats_and_what_counts() {
    Breakable.Store below = new Breakable.Store(new MemoryObjectStore(Set.of("robot-data")));
    ObjectStore above =
        new MeteredObjectStore(
            new RetryingObjectStore(below, RetryPolicy.DEFAULT), registry, Tracer.NONE);
    assertThat(above.isStrained("default")).isFalse();

    below.strained = true;

    assertThat(above.isStrained("default")).isTrue();
    assertThat(above.within(Duration.ofSeconds(1)).isStrained("default")).isTrue();
  }

  @Test
  void a_call_is_counted_and_one_that_fails_is_an_error_as_well() {
    store.check("default", "robot-data");
    assertThat(store.head(new ObjectLocation("default", "robot-data", "nothing"))).isEmpty();
    ObjectLocation nowhere = new ObjectLocation("default", "no-such-bucket", "key");
    assertThat(store.createUploads(List.of(new NewUpload(nowhere, "text/plain"))))
        .hasOnlyElementsOfType(CreateOutcome.Unavailable.class);

    assertThat(registry.scrape())
        .contains(
            "storage_operation_duration_seconds_count{operation=\"create\"} 1",
            "storage_operation_errors_total{operation=\"create\"} 1.0",
            "storage_operation_errors_total{operation=\"head\"} 0.0");
  }
}

package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.Verdict;
import io.waybill.core.access.Client;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.UploadEvent;
import io.waybill.testkit.Plant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FactMetricsTest {

  private static final List<String> NAMES =
      List.of(
          "upload_sessions_created_total",
          "upload_sessions_completed_total",
          "upload_sessions_aborted_total",
          "upload_sessions_failed_total",
          "upload_sessions_expired_total",
          "upload_presign_requests_total",
          "upload_presign_parts_total",
          "upload_part_ack_total",
          "upload_pause_requests_total",
          "upload_resume_requests_total",
          "upload_complete_requests_total",
          "upload_complete_missing_parts_total",
          "upload_completed_bytes_total",
          "upload_tasks_created_total",
          "upload_tasks_completed_total",
          "upload_tasks_failed_total",
          "dataset_created_total",
          "dataset_ready_total",
          "dataset_rejected_total",
          "dataset_quarantined_total",
          "dataset_deleted_total",
          "device_registered_total",
          "device_credential_revoked_total",
          "dataset_download_url_requests_total",
          "dataset_purged_total",
          "dataset_legal_hold_denied_purge_total",
          "cleanup_sessions_aborted_total");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final FactMetrics metrics = new FactMetrics(registry);
  private final Plant plant = new Plant(metrics);

  @Test
  void every_name_is_there_before_anything_has_happened() {
    assertThat(registry.scrape().lines().map(line -> line.replaceFirst("[{ ].*", "")))
        .containsAll(NAMES);
  }

  @Test
  void a_completed_upload_is_a_ready_dataset() {
    UUID session = plant.create(1);
    plant.put(session, 1, Plant.PART_BYTES);
    assertThat(plant.complete(session)).isInstanceOf(Verdict.Ok.class);

    assertThat(registry.scrape())
        .contains("upload_tasks_created_total 1.0")
        .contains("upload_sessions_created_total 1.0")
        .contains("upload_sessions_completed_total 1.0")
        .contains("upload_sessions_failed_total{error_code=\"storage.refused\"} 0.0")
        .contains("dataset_ready_total 1.0")
        .contains("upload_tasks_completed_total 1.0")
        .contains("upload_tasks_failed_total 0.0");
  }

  @Test
  void what_the_outbox_tells_of_datasets_and_devices_is_counted_by_its_type() {
    for (String type :
        List.of(
            "dataset.created",
            "dataset.released",
            "dataset.rejected",
            "dataset.deleted",
            "device.revoked",
            "device.credentials_revoked",
            "device.disabled")) {
      UUID id = UUID.randomUUID();
      metrics.committed(
          Facts.of(new OutboxEvent(id, id, null, "any", id, 1, type, Instant.EPOCH, Map.of())));
    }

    assertThat(registry.scrape())
        .contains("dataset_created_total 1.0")
        .contains("dataset_ready_total 1.0")
        .contains("dataset_rejected_total 1.0")
        .contains("dataset_validation_failed_total 1.0")
        .contains("dataset_quarantined_total 0.0")
        .contains("dataset_deleted_total 1.0")
        .contains("device_registered_total 0.0")
        .contains("device_credential_revoked_total 2.0");
  }

  @Test
  void urls_are_counted_by_their_requests_and_by_their_parts() {
    UUID id = UUID.randomUUID();
    Owner owner = new Owner(id, id, id, id, id, null);
    metrics.committed(
        Facts.of(
            new LifecycleEvent(
                id,
                UploadEvent.PRESIGN_ISSUED,
                owner,
                id,
                "worker",
                "r",
                Instant.EPOCH,
                List.of(1, 2),
                Instant.EPOCH,
                Map.of())));
    metrics.committed(
        Facts.of(
            new AuditEvent(
                id,
                id,
                "worker",
                DatasetEvent.DOWNLOAD_URL_ISSUED.code(),
                "dataset",
                id,
                "ok",
                "r",
                "http",
                Client.NONE,
                Instant.EPOCH,
                Map.of())));

    assertThat(registry.scrape())
        .contains("upload_presign_requests_total 1.0")
        .contains("upload_presign_parts_total 2.0")
        .contains("dataset_download_url_requests_total 1.0");
  }

  @Test
  void only_a_refusal_for_missing_parts_counts_as_one() {
    UUID wrong = plant.create(1);
    plant.put(wrong, 1, 1);
    assertThat(code(plant.complete(wrong))).isEqualTo("upload.part_size_mismatch");
    assertThat(registry.scrape()).contains("upload_complete_missing_parts_total 0.0");

    UUID missing = plant.create(2);
    assertThat(code(plant.complete(missing))).isEqualTo("upload.missing_parts");
    assertThat(registry.scrape()).contains("upload_complete_missing_parts_total 1.0");
  }

  private static String code(Verdict<?> verdict) {
    return verdict instanceof Verdict.Refused<?> refused ? refused.refusal().code().code() : "none";
  }
}

package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The names that dashboards and alerts ask for are there before anything has happened. */
class MetricsTest {

  /** What the contract names and what this process can count today. */
  private static final Set<String> NAMES =
      Set.of(
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
          "dataset_download_url_requests_total",
          "storage_backpressure_rejects_total",
          "cleanup_sessions_aborted_total",
          "quota_rejects_total",
          "rate_limit_rejects_total",
          "api_requests_total",
          "api_request_duration_seconds_count");

  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void every_name_is_there_from_the_start() {
    assertThat(names()).containsAll(NAMES);
  }

  @Test
  void a_completed_upload_is_a_ready_dataset() {
    Uploads.in(world).create(1).send(1, 1).complete();

    assertThat(scraped())
        .contains("dataset_ready_total 1.0")
        .contains("upload_tasks_completed_total 1.0")
        .contains("upload_tasks_failed_total 0.0");
  }

  @Test
  void only_a_refusal_for_missing_parts_counts_as_one() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    Uploads.Made wrong = Uploads.in(world).create(1).send(1, 1);
    world.objects.openUploads().forEach(upload -> world.objects.put(upload, 1, 1));
    assertThat(admin.post(wrong.path() + "/complete", "").outcome())
        .isEqualTo("409 upload.part_size_mismatch");
    assertThat(scraped()).contains("upload_complete_missing_parts_total 0.0");

    Uploads.Made missing = Uploads.in(world).create(2);
    assertThat(admin.post(missing.path() + "/complete", "").outcome())
        .isEqualTo("409 upload.missing_parts");
    assertThat(scraped()).contains("upload_complete_missing_parts_total 1.0");
  }

  @Test
  void sessions_under_way_are_counted_by_a_worker_and_unknown_while_the_database_is_away() {
    SessionCounts counts = new SessionCounts(world.cases.uploads().countSessions(), world.registry);
    assertThat(scraped()).contains("upload_sessions_by_status{status=\"INITIATED\"} NaN");
    Uploads.in(world).create(1);
    Uploads.in(world).create(1).send(1, 1).complete();

    counts.run();
    assertThat(scraped())
        .contains("upload_sessions_by_status{status=\"INITIATED\"} 1.0")
        .contains("upload_sessions_by_status{status=\"UPLOADING\"} 0.0")
        .doesNotContain("COMPLETED");

    world.database.down = true;
    assertThatThrownBy(counts::run).isInstanceOf(Outage.class);
    assertThat(scraped()).contains("upload_sessions_by_status{status=\"INITIATED\"} NaN");
  }

  private String scraped() {
    return world.anybody().get("/metrics").text();
  }

  private Set<String> names() {
    return world
        .anybody()
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }
}

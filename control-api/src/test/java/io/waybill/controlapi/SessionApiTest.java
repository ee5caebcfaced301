package io.waybill.controlapi;

import static io.waybill.controlapi.TestWorld.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SessionApiTest {

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void an_upload_walks_from_its_first_url_to_its_object() {
    HttpUploads.Made made = HttpUploads.in(world).create(2);
    assertThat(status(made)).isEqualTo("INITIATED");

    made.send(1, 2);
    assertThat(status(made)).isEqualTo("UPLOADING");
    assertThat(admin.post(made.path() + "/parts/ack", acks(1, 2)).json().toString())
        .contains("\"acknowledged_part_count\":2,\"uploaded_part_count\":2");
    HttpAnswer done = admin.post(made.path() + "/complete", "");

    assertThat(done.outcome()).isEqualTo("200");
    assertThat(done.json().get("object_size_bytes").longValue()).isEqualTo(2 * TestWorld.PART);
    assertThat(admin.post(made.path() + "/complete", "{}").json()).isEqualTo(done.json());
    assertThat(status(made)).isEqualTo("COMPLETED");
  }

  @Test
  void urls_come_full_or_compact_by_list_or_by_range() {
    HttpUploads.Made made = HttpUploads.in(world).create(20);
    HttpAnswer full = presign(made, "{\"part_numbers\": [20, 3], \"expires_in_seconds\": 60}");
    HttpAnswer compact =
        presign(
            made,
            """
            {"part_number_start": 1, "part_number_end": 20, "encoding": "compact"}
            """);

    assertThat(full.header("Cache-Control")).isEqualTo("no-store");
    assertThat(full.header("RateLimit-Policy")).isEqualTo("\"tenant\";q=600;w=60");
    assertThat(full.header("RateLimit")).isEqualTo("\"tenant\";r=599;t=1");
    assertThat(full.json().at("/parts/0/part_number").intValue()).isEqualTo(20);
    assertThat(full.json().get("expires_in_seconds").intValue()).isEqualTo(60);
    assertThat(compact.json().get("signatures").size()).isEqualTo(20);
  }

  @Test
  void what_cannot_be_signed_is_refused_by_name() {
    HttpUploads.Made made = HttpUploads.in(world).create(2);

    assertThat(presign(made, "{\"part_numbers\": [3]}").fieldErrors())
        .containsExactly("part_numbers upload.part_out_of_range");
    assertThat(presign(made, "{\"part_numbers\": [1, 1]}").fieldErrors())
        .containsExactly("part_numbers upload.part_repeated");
    assertThat(presign(made, "{\"part_numbers\": [1], \"expires_in_seconds\": 59}").fieldErrors())
        .containsExactly("expires_in_seconds upload.url_life_out_of_range");
    assertThat(
            presign(made, "{\"part_numbers\": [1], \"expires_in_seconds\": 99999999999}")
                .fieldErrors())
        .containsExactly("expires_in_seconds upload.url_life_out_of_range");
    assertThat(
            presign(made, "{\"part_number_start\": 1, \"part_number_end\": 2000000000}")
                .fieldErrors())
        .contains("part_numbers upload.too_many_parts");
    assertThat(presign(made, "{}").fieldErrors())
        .containsExactly("part_numbers request.field_required");
    assertThat(presign(made, "{\"part_numbers\": [\"1\"]}").fieldErrors())
        .containsExactly("part_numbers[0] request.field_type");
  }

  @Test
  void parts_are_listed_from_rows_from_storage_and_after_making_them_equal() {
    HttpUploads.Made made = HttpUploads.in(world).create(3).send(1, 2);

    assertThat(parts(made, "").get("uploaded_part_count").intValue()).isZero();
    assertThat(parts(made, "?source=storage").at("/parts").size()).isEqualTo(2);
    JsonNode reconciled = parts(made, "?source=reconcile&limit=1");
    assertThat(reconciled.get("missing_part_numbers").toString()).isEqualTo("[3]");
    assertThat(reconciled.get("parts").size()).isEqualTo(1);
    JsonNode next = parts(made, "?limit=1&cursor=" + reconciled.get("next_cursor").asString());
    assertThat(next.at("/parts/0/part_number").intValue()).isEqualTo(2);
    assertThat(admin.get(made.path() + "?reconcile=true").json().get("uploaded_part_count"))
        .hasToString("2");
    assertThat(admin.get(made.path() + "/parts?cursor=zz").outcome())
        .isEqualTo("422 request.validation_failed");
    assertThat(admin.get(made.path() + "/parts?limit=1001&source=disk").fieldErrors())
        .containsExactlyInAnyOrder("limit request.out_of_range", "source request.unknown_value");
  }

  @Test
  void a_complete_without_a_part_names_it_and_succeeds_under_the_same_key_once_it_is_there() {
    HttpUploads.Made made = HttpUploads.in(world).create(2).send(1, 1);
    HttpCalls keyed = admin.with("Idempotency-Key", "complete-1");

    HttpAnswer refused = keyed.post(made.path() + "/complete", "");
    made.send(2, 2);

    assertThat(refused.outcome()).isEqualTo("409 upload.missing_parts");
    assertThat(refused.json().at("/error/details/missing_part_numbers").toString())
        .isEqualTo("[2]");
    HttpAnswer done = keyed.post(made.path() + "/complete", "");
    assertThat(done.outcome()).isEqualTo("200");
    assertThat(done.header("Idempotency-Replayed")).isEmpty();
    assertThat(keyed.post(made.path() + "/complete", "").header("Idempotency-Replayed"))
        .isEqualTo("true");
  }

  @Test
  void another_etag_than_storages_is_a_warning() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    HttpAnswer done =
        admin.post(
            made.path() + "/complete",
            """
            {"client_reported_parts": [{"part_number": 1, "etag": "\\"other\\""}]}
            """);

    assertThat(done.json().get("warnings").size()).isEqualTo(1);
  }

  @Test
  void pause_stops_urls_and_resume_brings_them_back() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    HttpAnswer paused =
        admin.post(
            made.path() + "/pause",
            """
            {"reason": "lunch", "client_inflight_behavior": "allow_finish"}
            """);

    assertThat(paused.json().get("pause_reason").asString()).isEqualTo("lunch");
    HttpAnswer refused = presign(made, "{\"part_numbers\": [1]}");
    assertThat(refused.outcome()).isEqualTo("409 upload.invalid_state");
    assertThat(refused.json().at("/error/details/current_status").asString()).isEqualTo("PAUSED");
    assertThat(admin.post(made.path() + "/resume", "{\"reason\": \"back\"}").outcome())
        .isEqualTo("200");
    assertThat(presign(made, "{\"part_numbers\": [1]}").outcome()).isEqualTo("200");
  }

  @Test
  void abort_is_repeatable_and_final() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    HttpAnswer aborted = admin.post(made.path() + "/abort", "{\"reason\": \"wrong file\"}");

    assertThat(aborted.json().get("status").asString()).isEqualTo("ABORTED");
    assertThat(admin.post(made.path() + "/abort", "").outcome()).isEqualTo("200");
    assertThat(admin.post(made.path() + "/resume", "").outcome())
        .isEqualTo("409 upload.invalid_state");
    assertThat(world.objects.openUploads()).isEmpty();
  }

  @Test
  void an_expired_session_says_so_and_can_be_extended() {
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    world.time.advance(Duration.ofHours(25));

    assertThat(status(made)).isEqualTo("EXPIRED");
    assertThat(presign(made, "{\"part_numbers\": [1]}").outcome()).isEqualTo("410 upload.expired");
    assertThat(admin.post(made.path() + "/extend", "{\"extend_by_seconds\": 3600}").outcome())
        .isEqualTo("200");
    assertThat(presign(made, "{\"part_numbers\": [1]}").outcome()).isEqualTo("200");
    assertThat(
            admin.post(made.path() + "/extend", "{\"extend_by_seconds\": 99999999}").fieldErrors())
        .containsExactly("extend_by_seconds upload.lifetime_exceeded");
  }

  @Test
  void an_upload_that_storage_has_forgotten_fails_by_that_name() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    world.objects.openUploads().forEach(world.objects::purge);

    assertThat(admin.post(made.path() + "/complete", "").outcome())
        .isEqualTo("503 storage.unavailable");
    world.time.advance(Duration.ofMinutes(2));
    assertThat(admin.post(made.path() + "/complete", "").outcome())
        .isEqualTo("409 storage.upload_missing");
    assertThat(admin.get(made.path()).json().at("/last_error/code").asString())
        .isEqualTo("storage.upload_missing");
  }

  @Test
  void a_part_of_another_size_is_named() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    world.objects.openUploads().forEach(id -> world.objects.put(id, 1, 7));

    assertThat(admin.post(made.path() + "/complete", "").outcome())
        .isEqualTo("409 upload.part_size_mismatch");
    assertThat(
            admin
                .post(
                    made.path() + "/parts/ack",
                    """
                    {"parts": [{"part_number": 1, "etag": "\\"x\\"", "size_bytes": 7}]}
                    """)
                .fieldErrors())
        .containsExactly("parts[0].size_bytes upload.part_size_mismatch");
  }

  @Test
  void the_timeline_tells_what_happened_in_order_without_a_url() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1).complete();
    HttpAnswer first = admin.get(made.path() + "/events?limit=2");
    HttpAnswer rest =
        admin.get(made.path() + "/events?cursor=" + first.json().get("next_cursor").asString());

    assertThat(types(first)).hasSize(2);
    assertThat(types(rest)).endsWith("upload.completed");
    assertThat(first.text() + rest.text()).doesNotContain("X-Amz");
  }

  @Test
  void a_change_repeated_under_its_key_is_answered_as_the_first_time() {
    HttpUploads.Made made = HttpUploads.in(world).create(1).send(1, 1);
    HttpCalls keyed = admin.with("Idempotency-Key", "pause-1");
    HttpAnswer first = keyed.post(made.path() + "/pause", "{\"reason\": \"x\"}");
    assertThat(admin.post(made.path() + "/resume", "").outcome()).isEqualTo("200");
    world.time.advance(Duration.ofMinutes(1));

    HttpAnswer again = keyed.post(made.path() + "/pause", "{\"reason\": \"x\"}");
    assertThat(again.json()).isEqualTo(first.json());
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(keyed.post(made.path() + "/pause", "{\"reason\": \"y\"}").outcome())
        .isEqualTo("409 idempotency.key_reused_with_different_request");
    assertThat(status(made)).isEqualTo("UPLOADING");
  }

  private HttpAnswer presign(HttpUploads.Made made, String body) {
    return admin.post(made.path() + "/parts/presign", body);
  }

  private JsonNode parts(HttpUploads.Made made, String query) {
    return admin.get(made.path() + "/parts" + query).json();
  }

  private String status(HttpUploads.Made made) {
    return admin.get(made.path()).json().get("status").asString();
  }

  private static List<String> types(HttpAnswer events) {
    return events
        .json()
        .get("events")
        .valueStream()
        .map(event -> event.get("type").asString())
        .toList();
  }

  private static String acks(int from, int to) {
    StringBuilder parts = new StringBuilder();
    for (int n = from; n <= to; n++) {
      parts
          .append(parts.isEmpty() ? "" : ",")
          .append("{\"part_number\":%d,\"etag\":\"e\",".formatted(n))
          .append("\"size_bytes\":%d,\"checksum_sha256\":null}".formatted(TestWorld.PART));
    }
    return "{\"parts\": [" + parts + "]}";
  }
}

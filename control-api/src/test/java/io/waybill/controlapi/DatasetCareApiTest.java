package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.AuditEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is kept, and what is judged, of a dataset. */
class DatasetCareApiTest {

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);
  private final HttpUploads.Made ready = HttpUploads.in(world).create(1).send(1, 1).complete();
  private final String path = ready.datasetPath();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void a_hold_is_set_for_a_reason_and_released() {
    assertThat(admin.post(path + "/legal-hold", "{}").fieldErrors())
        .containsExactly("reason request.field_required");
    JsonNode held = admin.post(path + "/legal-hold", "{\"reason\": \"case 7\"}").json();
    assertThat(held.get("legal_hold").asBoolean()).isTrue();
    JsonNode again = admin.post(path + "/legal-hold", "{\"reason\": \"case 8\"}").json();
    assertThat(again).isEqualTo(held);

    assertThat(admin.delete(path + "/legal-hold").json().get("legal_hold").asBoolean()).isFalse();
    assertThat(admin.get(path).json().get("legal_hold").asBoolean()).isFalse();
  }

  @Test
  void what_is_quarantined_is_released_by_who_answers_for_it() {
    assertThat(admin.post(path + "/quarantine/release", "{\"reason\": \"seen\"}").outcome())
        .isEqualTo("409 dataset.invalid_state");
    new DatasetSituations(world).quarantined(ready.datasetId());
    assertThat(admin.get(path + "/preview").outcome()).isEqualTo("409 dataset.not_ready");

    JsonNode released = admin.post(path + "/quarantine/release", "{\"reason\": \"seen\"}").json();

    assertThat(released.get("status").asString()).isEqualTo("READY");
    assertThat(released.get("validation_status").asString()).isEqualTo("SKIPPED");
    assertThat(admin.get(path + "/preview").json().get("preview_status").asString())
        .isEqualTo("NONE");
  }

  @Test
  void a_signed_url_in_a_reason_loses_what_signs_it() {
    String reason = "{\"reason\": \"see https://store/run.bin?X-Amz-Signature=planted there\"}";
    assertThat(admin.post(path + "/legal-hold", reason).outcome()).isEqualTo("200");
    new DatasetSituations(world).quarantined(ready.datasetId());
    assertThat(admin.post(path + "/quarantine/release", reason).outcome()).isEqualTo("200");

    assertThat(world.rows.facts().toString())
        .contains("see https://store/run.bin there")
        .doesNotContain("Signature=planted");
    assertThat(world.rows.facts().audit())
        .filteredOn(row -> String.valueOf(row.details()).contains("https://store/run.bin"))
        .extracting(AuditEvent::action)
        .containsExactly("dataset.legal_hold_set", "dataset.released");
  }

  @Test
  void validators_look_again_where_somebody_asks() {
    assertThat(admin.post(path + "/validation/retry", "").outcome())
        .isEqualTo("409 dataset.invalid_state");
    new DatasetSituations(world).quarantined(ready.datasetId());

    JsonNode waiting = admin.post(path + "/validation/retry", "").json();
    assertThat(waiting.get("status").asString()).isEqualTo("PROCESSING");
    assertThat(admin.post(path + "/validation/retry", "").json()).isEqualTo(waiting);
    JsonNode validation = admin.get(path + "/validation").json();
    assertThat(validation.get("validation_status").asString()).isEqualTo("PENDING");
    assertThat(validation.get("results")).isEmpty();
  }
}

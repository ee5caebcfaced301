package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.event.AuditEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/admin/outbox}. */
class OutboxApiTest {
  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dead_letters_are_listed_with_their_reason_page_by_page_to_their_own_tenant() {
    List<Delivery> dead = OutboxSituations.dead(world, 3);
    String list = OutboxSituations.OUTBOX + "?status=DEAD_LETTERED&sink=" + dead.getFirst().sink();

    JsonNode first = admin.get(list + "&limit=2").json();
    JsonNode rest = admin.get(list + "&cursor=" + first.get("next_cursor").asString()).json();
    List<String> ids = new ArrayList<>();
    first.get("deliveries").forEach(one -> ids.add(one.get("delivery_id").asString()));
    rest.get("deliveries").forEach(one -> ids.add(one.get("delivery_id").asString()));
    assertThat(ids)
        .containsExactlyElementsOf(
            dead.reversed().stream().map(one -> one.deliveryId().toString()).toList());
    JsonNode one = first.at("/deliveries/0");
    assertThat(one.get("last_error").asString()).isEqualTo("refused");
    assertThat(one.get("event_type").asString()).isEqualTo("upload.task_created");
    assertThat(one.get("next_attempt_at").isNull()).isTrue();
    assertThat(admin.get(OutboxSituations.OUTBOX + "?status=PENDING").json().get("deliveries"))
        .isEmpty();
    assertThat(world.as(TestWorld.OTHER).get(OutboxSituations.OUTBOX).json().get("deliveries"))
        .isEmpty();
  }

  @Test
  void a_dead_letter_is_replayed_once_however_often_it_is_asked_for_and_written_down() {
    Delivery dead = OutboxSituations.dead(world, 1).getFirst();
    String replay = OutboxSituations.replay(dead);
    HttpCalls keyed = admin.with("Idempotency-Key", "replay-1");

    JsonNode answer = keyed.post(replay, "").json();
    assertThat(answer.get("status").asString()).isEqualTo("PENDING");
    assertThat(answer.get("attempts").asInt()).isZero();
    assertThat(keyed.post(replay, "").json()).isEqualTo(answer);
    assertThat(world.as(TestWorld.OTHER).post(replay, "").outcome())
        .isEqualTo("404 outbox_delivery.not_found");
    assertThat(world.rows.audit())
        .filteredOn(row -> row.action().equals("outbox_delivery.replayed"))
        .extracting(AuditEvent::resourceId)
        .containsExactly(dead.deliveryId());
  }
}

package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happened is written where it happened, whole, and without a secret. */
class FactsTest {

  /** Of these, only the timeline tells: they move no session from one state to another. */
  private static final List<String> NO_MOVES =
      List.of("upload.presign_issued", "upload.part_acknowledged", "upload.parts_reconciled");

  private final World world = new World();
  private UUID session = new UUID(0, 0);

  @BeforeEach
  void a_whole_life_of_an_upload_and_its_retry() {
    NewTask.Presign urls = new NewTask.Presign(2, null, true);
    session =
        value(world.clients.create(task(urls, file("a", 150 * MIB))))
            .objects()
            .getFirst()
            .sessionId();
    value(world.clients.presign(session, 3));
    value(world.clients.pause(session));
    value(world.clients.resume(session));
    value(world.clients.extend(session, 60));
    value(world.clients.reconcile(session));
    assertThat(code(world.clients.complete(session))).isEqualTo("upload.missing_parts");
    value(world.clients.abort(session));
    UUID again = value(world.clients.retry(session, RequestKey.of("k"))).sessionId();
    world.putAll(again);
    value(world.clients.complete(again));
    world.advance(Duration.ofHours(1));
    world.redriveAll();
  }

  @Test
  void every_move_is_in_timeline_audit_and_outbox() {
    List<String> moves =
        world.database.facts().timeline(LifecycleEvent.class).stream()
            .map(event -> event.type().code())
            .filter(code -> !NO_MOVES.contains(code))
            .toList();
    assertThat(world.database.facts().audit()).extracting(AuditEvent::action).isEqualTo(moves);
    assertThat(world.database.facts().outbox())
        .extracting(OutboxEvent::type)
        .filteredOn(type -> type.startsWith("upload."))
        .isEqualTo(moves);
    assertThat(moves)
        .contains("upload.started", "upload.paused", "upload.complete_refused", "upload.aborted");
  }

  @Test
  void the_dataset_is_told_ready_once_after_the_upload_that_made_it_so() {
    assertThat(world.database.facts().outbox())
        .extracting(OutboxEvent::type)
        .containsOnlyOnce("dataset.ready")
        .endsWith("upload.completed", "dataset.ready");
  }

  @Test
  void the_outbox_orders_a_session_s_events_by_its_version() {
    assertThat(world.database.facts().outbox())
        .filteredOn(event -> event.aggregateId().equals(session))
        .extracting(OutboxEvent::sequence)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void everything_says_who_did_it_in_which_request_over_which_transport() {
    assertThat(world.database.facts().audit())
        .allSatisfy(audit -> {
          assertThat(audit.tenantId()).isEqualTo(io.waybill.core.fixture.Registry.TENANT);
          assertThat(audit.actor())
              .isEqualTo(io.waybill.core.fixture.Registry.robot17().identity().actor());
          assertThat(audit.requestId()).isEqualTo("req-mqtt");
          assertThat(audit.transport()).isEqualTo("mqtt");
        });
  }

  @Test
  void no_url_no_signature_and_no_upload_id_is_in_any_row() {
    assertThat(world.database.facts().toString())
        .doesNotContain("http", "Signature", "uploadId", world.uploadId(session));
  }

  @Test
  void issuance_is_written_down_with_its_parts_and_its_end() {
    assertThat(world.events(session))
        .filteredOn(event -> event.type().code().equals("upload.presign_issued"))
        .extracting(event -> event.partNumbers())
        .containsExactly(List.of(1, 2), List.of(3));
    assertThat(world.events(session))
        .filteredOn(event -> event.validUntil() != null)
        .allMatch(event -> event.type().code().equals("upload.presign_issued"));
  }
}

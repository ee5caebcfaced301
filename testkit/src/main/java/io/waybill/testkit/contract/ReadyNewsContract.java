package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.ReadyNews}: the outbox hears that a dataset is READY, if it is. */
public abstract class ReadyNewsContract extends PortContract {
  private static final String READY = "dataset.ready";
  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  /** Nobody else's: every sink is told everything that is in the database. */
  private final String sink = "sink-" + Ids.next();

  @Test
  void a_dataset_that_its_upload_makes_ready_is_told_with_its_name_and_version() {
    NewTask made = created(1);
    complete(made);

    Dataset dataset = dataset(made);
    List<OutboxEvent> events = outbox();
    assertThat(events).hasSize(1);
    OutboxEvent event = events.getFirst();
    assertThat(event.aggregateType()).isEqualTo("dataset");
    assertThat(event.aggregateId()).isEqualTo(dataset.datasetId());
    assertThat(event.sequence()).isEqualTo(dataset.version());
    assertThat(event.occurredAt()).isEqualTo(dataset.readyAt());
    assertThat(event.payload())
        .containsEntry("name", dataset.name())
        .containsEntry("status", "READY")
        .containsEntry("dataset_id", dataset.datasetId().toString())
        .containsEntry("project_id", dataset.projectId().toString());
    assertThat(toldAfterCommit()).containsExactly(event);
  }

  @Test
  void several_at_once_are_told_each_with_its_own_name() {
    NewTask made = created(3);
    complete(made);

    List<OutboxEvent> events = outbox();
    assertThat(events).hasSize(3);
    assertThat(events)
        .extracting(event -> event.payload().get("name"))
        .containsExactlyInAnyOrderElementsOf(
            made.task().objects().stream().<Object>map(TaskObject::datasetName).toList());
    assertThat(toldAfterCommit()).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void one_that_must_be_validated_is_not_ready_yet() {
    complete(created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0)));

    assertThat(outbox()).isEmpty();
    assertThat(toldAfterCommit()).isEmpty();
  }

  @Test
  void a_move_that_has_lost_tells_nothing() {
    Session.Completing completing = completing(created(1)).getFirst();
    Transition first = confirmed(completing);
    Transition second = confirmed(completing);

    assertThat(apply(List.of(first))).hasSize(1);
    assertThat(apply(List.of(second))).isEmpty();
    assertThat(outbox()).hasSize(1);
    assertThat(toldAfterCommit()).hasSize(1);
  }

  private Set<UUID> apply(List<Transition> moves) {
    return commit(tx -> tx.sessions().apply(moves));
  }

  private void complete(NewTask made) {
    List<Transition> moves = completing(made).stream().map(this::confirmed).toList();
    assertThat(apply(moves)).hasSize(moves.size());
  }

  private List<Session.Completing> completing(NewTask made) {
    return made.sessions().stream().map(this::completing).toList();
  }

  private Session.Completing completing(Session.Initiating first) {
    Session.Initiated initiated =
        moved(first, first.initiated("upload-" + Ids.next(), at(1)), UploadEvent.INITIATED);
    return moved(initiated, initiated.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
  }

  private Transition confirmed(Session.Completing completing) {
    return Uploads.move(completing, completing.confirm(OBJECT, null, at(5)), UploadEvent.COMPLETED);
  }

  private Dataset dataset(NewTask made) {
    UUID id = made.task().objects().getFirst().datasetId();
    return read(tx -> tx.datasets().find(made.task().tenantId(), made.task().projectId(), id))
        .orElseThrow();
  }

  private List<OutboxEvent> outbox() {
    Sink.Interest interest = new Sink.OfTypes(Set.of(READY), false);
    commit(tx -> tx.deliveries().fanOut(sink, interest, Ids::next, at(6), 1_000));
    return read(tx -> tx.deliveries().claim(Share.of(sink, 100), at(6), at(60))).stream()
        .map(Delivery::event)
        .toList();
  }

  private List<OutboxEvent> toldAfterCommit() {
    return told().stream()
        .flatMap(facts -> facts.outbox().stream())
        .filter(event -> event.type().equals(READY))
        .toList();
  }
}

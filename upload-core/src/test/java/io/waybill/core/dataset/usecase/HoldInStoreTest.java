package io.waybill.core.dataset.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.waybill.core.Outage;
import io.waybill.core.dataset.HoldIntent;
import io.waybill.core.dataset.usecase.MoveDataset.Move;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StorageCapabilities;
import io.waybill.core.upload.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that can lock is told what is held, whoever dies on the way. */
class HoldInStoreTest {

  private static final Duration CLAIM_IS_OVER = RedriveHolds.CLAIM.plusSeconds(1);

  private final World world = new World();
  private UUID dataset = new UUID(0, 0);
  private ObjectLocation location = new ObjectLocation("", "", "");

  @BeforeEach
  void stage() {
    Answer.TaskObject object = world.start();
    dataset = object.datasetId();
    location = world.stored(object.sessionId()).upload().location();
    world.putAll(object.sessionId());
    value(world.clients.complete(object.sessionId(), RequestKey.NONE));
    found(Set.of(Capability.OBJECT_LOCK, Capability.VERSIONING));
  }

  private void found(Set<Capability> capabilities) {
    world.database.commit(tx -> {
      tx.capabilities()
          .save(
              new StorageCapabilities(
                  location.endpointRef(), location.bucket(), capabilities, world.now()));
      return capabilities;
    });
  }

  private void move(Move move, String reason) {
    value(
        world
            .all
            .datasets()
            .moveDataset()
            .handle(
                Registry.person(),
                RequestKey.NONE,
                new MoveDataset.Request(
                    move, Registry.PROJECT, dataset, reason.isEmpty() ? null : reason)));
  }

  private List<Optional<Outage.Storage>> worker() {
    RedriveHolds redrive = world.all.datasets().redriveHolds();
    return redrive.claim(10).stream().map((HoldIntent due) -> redrive.walk(due)).toList();
  }

  private void isHeldInStore() {
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> world.storage.delete(location, null))
        .withMessageContaining("held");
  }

  private void isFreeInStore() {
    assertThatCode(() -> world.storage.delete(location, null)).doesNotThrowAnyException();
  }

  @Test
  void a_hold_is_told_and_its_end_too() {
    assertThat(worker()).as("nothing is held").isEmpty();
    move(Move.HOLD, "case 7");
    assertThat(worker()).containsExactly(Optional.empty());
    assertThat(worker()).isEmpty();
    isHeldInStore();

    move(Move.RELEASE_HOLD, "");
    assertThat(worker()).containsExactly(Optional.empty());
    assertThat(worker()).isEmpty();
    isFreeInStore();
  }

  @Test
  void who_holds_what_is_held_already_tells_nobody_anything() {
    move(Move.HOLD, "case 7");
    var _ = worker();
    move(Move.HOLD, "case 8");
    assertThat(worker()).isEmpty();
  }

  @Test
  void a_store_that_cannot_lock_is_told_nothing() {
    found(Set.of(Capability.VERSIONING));
    move(Move.HOLD, "case 7");
    assertThat(worker()).containsExactly(Optional.empty());
    assertThat(world.points.passed()).noneMatch(point -> point.contains("hold"));
    isFreeInStore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void whoever_dies_the_store_is_told_in_the_end(int place) {
    world.points.arm(place);
    try {
      move(Move.HOLD, "case 7");
      var _ = worker();
    } catch (Halt halt) {
      assertThat(world.points.passed()).hasSize(place + 1);
    } finally {
      world.points.disarm();
    }
    world.advance(CLAIM_IS_OVER);
    move(Move.HOLD, "case 7");
    var _ = worker();
    isHeldInStore();
    world.advance(CLAIM_IS_OVER);
    assertThat(worker()).isEmpty();
  }

  @Test
  void what_was_held_when_it_was_thrown_away_is_let_go_of_by_its_purge() {
    move(Move.HOLD, "case 7");
    var _ = worker();
    var datasets = world.all.datasets();
    value(
        datasets
            .deleteDataset()
            .handle(Registry.person(), RequestKey.NONE, Registry.PROJECT, dataset));
    PurgeDataset.Request purge = new PurgeDataset.Request(Registry.PROJECT, dataset, true);
    assertThat(code(datasets.purgeDataset().handle(Registry.person(), RequestKey.NONE, purge)))
        .isEqualTo("dataset.purge_denied");

    move(Move.RELEASE_HOLD, "");
    value(datasets.purgeDataset().handle(Registry.person(), RequestKey.NONE, purge));

    assertThat(world.storage.head(location)).isEmpty();
    world.advance(CLAIM_IS_OVER);
    assertThat(worker()).as("of what is gone nobody is told").isEmpty();
  }
}

package io.waybill.core.dataset.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.usecase.MoveDataset.Move;
import io.waybill.core.dataset.usecase.PurgeDataset.Purged;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the recycle bin is deleted for ever: once, whoever dies on the way. */
class PurgeDatasetTest {

  private static final RequestKey KEY = RequestKey.of("k");
  private static final Duration CLAIM_IS_OVER = RedrivePurges.CLAIM.plusSeconds(1);

  private World world = new World();
  private UUID dataset = new UUID(0, 0);
  private ObjectLocation location = new ObjectLocation("", "", "");

  /** A dataset with an object, in the recycle bin. */
  private void stage() {
    world = new World();
    throwAway();
  }

  private void throwAway() {
    Answer.TaskObject object = world.start();
    dataset = object.datasetId();
    location = world.stored(object.sessionId()).upload().location();
    world.putAll(object.sessionId());
    value(world.clients.complete(object.sessionId(), RequestKey.NONE));
    assertThat(world.storage.head(location)).isPresent();
    value(
        world
            .all
            .datasets()
            .deleteDataset()
            .handle(Registry.person(), RequestKey.NONE, Registry.PROJECT, dataset));
  }

  private Verdict<Purged> purge(RequestKey key) {
    return world
        .all
        .datasets()
        .purgeDataset()
        .handle(
            Registry.person(),
            key,
            new PurgeDataset.Request(Registry.PROJECT, dataset, /* isConfirmed= */ true));
  }

  private Verdict<?> move(Move move, String reason) {
    return world
        .all
        .datasets()
        .moveDataset()
        .handle(
            Registry.person(),
            RequestKey.NONE,
            new MoveDataset.Request(
                move, Registry.PROJECT, dataset, reason.isEmpty() ? null : reason));
  }

  private List<Optional<Outage.Storage>> worker() {
    RedrivePurges redrive = world.all.datasets().redrivePurges();
    return redrive.claim(10).stream().map((Dataset due) -> redrive.walk(due)).toList();
  }

  private long audited(String action) {
    return world.database.facts().audit().stream()
        .map(AuditEvent::action)
        .filter(action::equals)
        .count();
  }

  private void isPurgedOnce() {
    assertThat(world.storage.head(location)).isEmpty();
    assertThat(audited("dataset.purge_requested")).isEqualTo(1);
    assertThat(audited("dataset.purged")).isEqualTo(1);
    assertThat(world.database.facts().outbox())
        .extracting(OutboxEvent::type)
        .containsOnlyOnce("dataset.purged");
    assertThat(value(purge(RequestKey.NONE)).datasetId()).isEqualTo(dataset);
  }

  @Test
  void its_object_is_deleted_and_its_key_remembers() {
    stage();
    Purged answer = value(purge(KEY));
    assertThat(value(purge(KEY))).isEqualTo(answer);
    isPurgedOnce();
    assertThat(code(move(Move.RESTORE, ""))).isEqualTo("dataset.not_found");
  }

  @Test
  void only_what_is_in_the_recycle_bin_is_purged_and_only_where_it_is_meant() {
    stage();
    value(move(Move.RESTORE, ""));
    assertThat(code(purge(KEY))).isEqualTo("dataset.invalid_state");
    assertThat(
            code(
                world
                    .all
                    .datasets()
                    .purgeDataset()
                    .handle(
                        Registry.person(),
                        KEY,
                        new PurgeDataset.Request(
                            Registry.PROJECT, dataset, /* isConfirmed= */ false))))
        .isEqualTo("request.validation_failed");
    assertThat(world.storage.head(location)).isPresent();
  }

  @Test
  void a_hold_keeps_it_and_the_denial_is_written_down() {
    stage();
    value(move(Move.HOLD, "case 7"));

    assertThat(refusal(purge(KEY)).details()).containsEntry("kept_by", List.of("legal_hold"));

    assertThat(world.storage.head(location)).isPresent();
    assertThat(world.database.facts().audit())
        .filteredOn(row -> row.action().equals("dataset.purge"))
        .singleElement()
        .satisfies(row -> assertThat(row.result()).isEqualTo("dataset.purge_denied"));
    value(move(Move.RELEASE_HOLD, ""));
    value(purge(KEY));
    isPurgedOnce();
  }

  @Test
  void what_a_policy_holds_is_held_from_the_beginning_and_in_the_store_until_it_is_purged() {
    world = new World();
    world.database.addPolicy(Registry.TENANT, holding());
    throwAway();

    assertThat(refusal(purge(KEY)).details()).containsEntry("kept_by", List.of("legal_hold"));

    value(move(Move.RELEASE_HOLD, ""));
    value(purge(KEY));
    isPurgedOnce();
  }

  private static StoragePolicy holding() {
    Protection usual = Registry.policy().protection();
    return Registry.policy(
        new Protection(
            usual.checksum(), usual.encryption(), null, usual.lock(), null, /* legalHold= */ true),
        /* instantUploadAllowed= */ false);
  }

  @Test
  void retention_keeps_it_for_its_days_from_when_it_was_deleted() {
    stage();
    world.database.commit(tx -> {
      Project known = tx.projects().lock(Registry.TENANT, Registry.PROJECT).orElseThrow();
      ProjectProfile said = known.profile();
      ProjectRules kept = new ProjectRules(Map.of(), null, null, 30);
      tx.projects()
          .update(
              known.with(
                  new ProjectProfile(
                      said.slug(), said.name(), said.description(), said.metadata(), kept),
                  world.now()));
      return kept;
    });

    assertThat(refusal(purge(KEY)).details())
        .containsEntry("kept_by", List.of("retention"))
        .containsEntry("retained_until", world.now().plus(Duration.ofDays(30)).toString());
    world.advance(Duration.ofDays(30));
    value(purge(KEY));
    isPurgedOnce();
  }

  @Test
  void what_is_being_purged_is_neither_restored_nor_held() {
    stage();
    dieAt(0);
    assertThat(code(move(Move.RESTORE, ""))).isEqualTo("dataset.invalid_state");
    assertThat(code(move(Move.HOLD, "too late"))).isEqualTo("dataset.invalid_state");
    value(purge(RequestKey.NONE));
    isPurgedOnce();
  }

  @Test
  void an_outage_leaves_it_to_a_worker_who_comes_at_once_and_again() {
    stage();
    Outage.Storage away = Outage.storage("no answer", new IllegalStateException("test"));
    world.store.nextDelete(real ->
        () -> {
          throw away;
        });
    world.store.nextDelete(real ->
        () -> {
          var _ = real.get();
          throw away;
        });

    assertThat(code(purge(KEY))).isEqualTo("storage.unavailable");
    assertThat(worker()).containsExactly(Optional.of(away));
    assertThat(worker()).isEmpty();
    world.advance(CLAIM_IS_OVER);
    assertThat(worker()).containsExactly(Optional.empty());

    isPurgedOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void whoever_dies_is_gone_on_with(int place) {
    stage();
    dieAt(place);
    world.advance(CLAIM_IS_OVER);
    value(purge(KEY));
    isPurgedOnce();

    stage();
    dieAt(place);
    world.advance(CLAIM_IS_OVER);
    var _ = worker();
    isPurgedOnce();
  }

  private void dieAt(int place) {
    world.points.arm(place);
    try {
      assertThat(purge(KEY)).as("it died").isNull();
    } catch (Halt halt) {
      assertThat(world.points.passed()).hasSize(place + 1);
    } finally {
      world.points.disarm();
    }
  }
}

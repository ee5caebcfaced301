package io.waybill.core.recovery.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.UnclaimedObjectAnswer;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a recovery finds, and what becomes of it. */
class RecoverDatasetsTest {
  private static final List<Place> PLACES = List.of(new Place("default", "robot-data"));

  private final World world = new World();
  private final RecoverDatasets worker = new RecoverDatasets(world.ports, world.storage);

  @Test
  void what_has_its_object_is_ready_again_and_nobody_is_told_anything() {
    UUID session = completed();
    Dataset before = dataset(session);
    start();
    assertThat(dataset(session).status()).isEqualTo(DatasetStatus.PROCESSING);
    assertThat(download(session)).isEqualTo("dataset.not_ready");

    RecoveryAnswer report = run();

    assertThat(report.verifiedCount()).isEqualTo(1);
    assertThat(report.objectCount()).isEqualTo(1);
    assertThat(report.unclaimedObjectCount()).isZero();
    assertThat(dataset(session)).isEqualTo(before);
    assertThat(events(session)).doesNotContain("dataset.recovered", "dataset.missing_object");
    assertThat(download(session)).isEqualTo("ok");
  }

  @Test
  void what_misses_its_object_says_so_until_it_is_there_again() {
    UUID session = completed();
    ObjectLocation at = location(session);
    StoredObject object = world.storage.head(at).orElseThrow();
    world.storage.lay(at, null);
    start();

    assertThat(run().missingObjectCount()).isEqualTo(1);
    assertThat(dataset(session).recoveryStatus()).isEqualTo(RecoveryStatus.RECOVERY_MISSING_OBJECT);
    assertThat(download(session)).isEqualTo("dataset.not_ready");
    world.storage.lay(at, new StoredObject(object.sizeBytes() - 1, object.etag(), null));
    lookAgain();
    assertThat(dataset(session).status()).as("another object").isEqualTo(DatasetStatus.PROCESSING);
    world.storage.lay(at, object);
    lookAgain();

    assertThat(dataset(session).status()).isEqualTo(DatasetStatus.READY);
    assertThat(events(session)).containsSubsequence("dataset.missing_object", "dataset.recovered");
    assertThat(worker.census()).isEmpty();
  }

  @Test
  void as_large_with_another_checksum_is_another_object() {
    UUID session = completed();
    StoredObject object = world.storage.head(location(session)).orElseThrow();
    world.storage.lay(location(session), new StoredObject(object.sizeBytes(), "\"another\"", null));
    start();

    assertThat(run().missingObjectCount()).isEqualTo(1);
  }

  @Test
  void an_upload_under_way_goes_on() {
    UUID session = world.start().sessionId();
    start();

    assertThat(run().unfinishedCount()).isEqualTo(1);
    world.putAll(session);
    assertThat(value(world.clients.complete(session)).status()).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void an_upload_that_its_store_has_lost_leaves_metadata_only_and_is_normal_once_sent_again() {
    UUID session = world.start().sessionId();
    String upload = world.uploadId(session);
    world.storage.purge(upload);
    start();

    assertThat(run().metadataOnlyCount()).isEqualTo(1);
    assertThat(dataset(session).recoveryStatus()).isEqualTo(RecoveryStatus.RECOVERY_METADATA_ONLY);
  }

  @Test
  void an_object_that_the_database_does_not_know_yet_is_registered_until_its_upload_completes() {
    UUID session = world.start().sessionId();
    long size = world.stored(session).upload().plan().fileSizeBytes();
    world.storage.purge(world.uploadId(session));
    world.storage.lay(location(session), new StoredObject(size, "\"late\"", null));
    RecoveryAnswer started = start();

    assertThat(run().objectOnlyCount()).isEqualTo(1);
    assertThat(dataset(session).recoveryStatus()).isEqualTo(RecoveryStatus.RECOVERY_OBJECT_ONLY);
    assertThat(unclaimed(started))
        .extracting(UnclaimedObjectAnswer::sessionId)
        .containsExactly(session);
    assertThat(download(session)).isEqualTo("dataset.not_ready");
    value(world.clients.complete(session));
    assertThat(dataset(session).recoveryStatus()).isEqualTo(RecoveryStatus.NORMAL);
    assertThat(dataset(session).status()).isEqualTo(DatasetStatus.READY);
    RecoveryAnswer second = start();
    assertThat(run().verifiedCount()).isEqualTo(1);
    assertThat(unclaimed(second)).isEmpty();
  }

  @Test
  void who_dies_leaves_claims_that_end_and_another_one_goes_on_page_by_page() {
    UUID session = completed();
    for (int i = 0; i < 5; i++) {
      world.storage.lay(
          new ObjectLocation("default", "robot-data", "tenants/" + Registry.TENANT + "/lost-" + i),
          new StoredObject(i, "\"x\"", null));
    }
    world.storage.pages(2);
    RecoveryAnswer started = start();
    new CheckDatasets(world.ports).claim(10);
    assertThat(worker.handle(PLACES, 10).checked()).as("another one is at work on it").isZero();

    RecoveryAnswer report = run();
    assertThat(report.verifiedCount()).isEqualTo(1);
    assertThat(report.objectCount()).isEqualTo(6);
    assertThat(report.unclaimedObjectCount()).isEqualTo(5);
    assertThat(unclaimed(started)).hasSize(5);
    assertThat(dataset(session).status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void one_is_under_way_at_a_time() {
    RecoveryAnswer first = start();
    assertThat(start().recoveryId()).isEqualTo(first.recoveryId());
    run();
    assertThat(start().recoveryId()).isNotEqualTo(first.recoveryId());
  }

  private RecoveryAnswer start() {
    return world.all.recoveries().start().handle(Registry.TENANT);
  }

  /** Until its end, in steps of a second. */
  private RecoveryAnswer run() {
    for (int second = 0; second < 200; second++) {
      worker.handle(PLACES, 3);
      RecoveryAnswer newest = world.all.recoveries().read().newest(Registry.TENANT).orElseThrow();
      if (newest.status() == RecoveryPhase.COMPLETED) {
        return newest;
      }
      world.advance(Duration.ofSeconds(1));
    }
    throw new AssertionError("the recovery finds no end");
  }

  private void lookAgain() {
    world.advance(CheckDatasets.AGAIN);
    assertThat(worker.handle(PLACES, 10).checked()).isEqualTo(1);
  }

  private UUID completed() {
    UUID session = world.start().sessionId();
    world.putAll(session);
    value(world.clients.complete(session));
    return session;
  }

  private List<UnclaimedObjectAnswer> unclaimed(RecoveryAnswer run) {
    return world.all.recoveries().read().registered(Registry.TENANT, run.recoveryId(), 100);
  }

  private ObjectLocation location(UUID session) {
    return Objects.requireNonNull(world.stored(session).upload().location());
  }

  private Dataset dataset(UUID session) {
    return world.dataset(Registry.PROJECT, world.stored(session).upload().owner().datasetId());
  }

  private List<String> events(UUID session) {
    UUID dataset = world.stored(session).upload().owner().datasetId();
    return world.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(dataset))
        .map(OutboxEvent::type)
        .toList();
  }

  private String download(UUID session) {
    UUID dataset = world.stored(session).upload().owner().datasetId();
    Verdict<?> answer =
        world
            .all
            .datasets()
            .issueDownloadUrl()
            .handle(
                Registry.person(),
                new IssueDownloadUrl.Request(Registry.PROJECT, dataset, null, null));
    return answer instanceof Verdict.Ok<?> ? "ok" : code(answer);
  }
}

package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.core.Verdict;
import io.waybill.core.app.UseCases;
import io.waybill.core.dataset.usecase.MoveDataset;
import io.waybill.core.dataset.usecase.PurgeDataset;
import io.waybill.core.dataset.usecase.PurgeDataset.Purged;
import io.waybill.core.dataset.usecase.RedrivePurges;
import io.waybill.core.idempotency.RequestKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A purge dies after every commit and every call of the store, on PostgreSQL and on the store; the
 * call is repeated, or a worker comes. Every time the object is gone, and it is said once.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaltedPurgeTest {
  private static final String DATASET =
      "select dataset_id::text from upload_sessions where id = ?::uuid";
  private static final String KEY = "select object_key from upload_sessions where id = ?::uuid";
  private static final String AUDITED =
      "select action from audit_events where resource_id = ?::uuid and action like 'dataset.purge%' order by id";
  private static final String STATUS = "select status::text from datasets where id = ?::uuid";

  private Bench bench;
  private Parts parts;
  private UUID dataset = new UUID(0, 0);
  private String name = "";
  private String key = "";

  /** The end of a process, as far as one thread can tell. */
  private static final class Halted extends Error {
    private static final long serialVersionUID = 1L;
  }

  @BeforeAll
  void open(@TempDir Path folder) {
    bench = new Bench(folder);
    parts = new Parts(bench.site().configuration());
  }

  @AfterAll
  void close() {
    parts.close();
    bench.close();
  }

  /** A dataset with an object, in the recycle bin. */
  private void stage() {
    Victim victim = bench.stage(Scenario.COMPLETE, 0);
    Scenario.value(bench.call(victim, Duration.ZERO));
    Site site = bench.site();
    dataset =
        UUID.fromString(site.database().texts(DATASET, victim.sessionId().toString()).getFirst());
    name = victim.name();
    key = site.database().texts(KEY, victim.sessionId().toString()).getFirst();
    UseCases use = parts.use(Duration.ZERO);
    Scenario.value(
        use.datasets()
            .deleteDataset()
            .handle(
                Scenario.caller(use, victim),
                RequestKey.NONE,
                DevelopmentIdentities.PROJECT,
                dataset));
  }

  private Verdict<Purged> purge(UseCases use) {
    return use.datasets()
        .purgeDataset()
        .handle(
            Scenario.caller(use, Victim.of(Scenario.COMPLETE, name, 0)),
            RequestKey.of(name + "-purge"),
            new PurgeDataset.Request(
                DevelopmentIdentities.PROJECT, dataset, /* isConfirmed= */ true));
  }

  private Verdict<?> restore() {
    UseCases use = parts.use(Duration.ZERO);
    return use.datasets()
        .moveDataset()
        .handle(
            Scenario.caller(use, Victim.of(Scenario.COMPLETE, name, 0)),
            RequestKey.NONE,
            new MoveDataset.Request(
                MoveDataset.Move.RESTORE, DevelopmentIdentities.PROJECT, dataset, null));
  }

  private List<String> places() throws Exception {
    stage();
    FaultPoints points = FaultPoints.counting();
    Scenario.value(points.walk(() -> purge(parts.use(points, Duration.ZERO))));
    isPurgedOnce();
    return points.passed();
  }

  private void dieAt(int place) {
    FaultPoints points =
        new FaultPoints(
            place,
            () -> {
              throw new Halted();
            });
    assertThatThrownBy(() -> points.walk(() -> purge(parts.use(points, Duration.ZERO))))
        .isInstanceOf(Halted.class);
  }

  private void isPurgedOnce() {
    assertThat(texts(STATUS)).containsExactly("PURGED");
    assertThat(texts(AUDITED)).containsExactly("dataset.purge_requested", "dataset.purged");
    assertThat(bench.store().hasObject(key)).isFalse();
  }

  private List<String> texts(String sql) {
    return bench.site().database().texts(sql, dataset.toString());
  }

  @Test
  void whoever_dies_is_gone_on_with() throws Exception {
    List<String> places = places();
    assertThat(places).contains(PointedWork.COMMIT, "the store's delete");
    int committed = places.indexOf(PointedWork.COMMIT);
    for (int place = committed; place < places.size(); place++) {
      stage();
      assertThat(bench.store().hasObject(key)).isTrue();
      dieAt(place);
      assertThat(restore()).isInstanceOf(Verdict.Refused.class);
      Scenario.value(purge(parts.use(Bench.LATER)));
      isPurgedOnce();

      stage();
      dieAt(place);
      RedrivePurges worker = parts.use(Bench.LATER).datasets().redrivePurges();
      worker.claim(10).forEach(due -> assertThat(worker.walk(due)).isEqualTo(Optional.empty()));
      isPurgedOnce();
      Scenario.value(purge(parts.use(Bench.LATER)));
    }
  }
}

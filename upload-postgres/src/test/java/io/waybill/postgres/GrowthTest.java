package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.postgres.PageCounter.Touched;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a statement touches does not grow with the number of uploads: the server's own counters,
 * around each store call, beside 1 000 and beside 20 000 sessions of another tenant.
 */
class GrowthTest {
  private static final Instant T0 = World.BEGINNING;
  private static final int MORE_PAGES = 3;

  /** A create writes ten rows and their thirty index entries; a list reads five tasks in full. */
  private static final Map<String, Integer> ROWS =
      Map.of(
          "create",
          10,
          "create beside all that is open in the tenant",
          10,
          "tasks",
          5,
          "tasks in a status",
          5);

  private final World crowd = World.fresh();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(1);

  private final PageCounter pages = new PageCounter(settings);

  @Test
  void no_call_touches_more_than_three_pages_more_for_a_row_or_reads_a_table_through() {
    PostgresWorld.register(settings, crowd);
    load(1_000);
    Map<String, Touched> few = measure();
    load(19_000);
    Map<String, Touched> many = measure();

    assertThat(many.keySet()).isEqualTo(few.keySet());
    few.forEach(
        (call, before) -> assertThat(many.get(call)).as(call).satisfies(staysBy(call, before)));
  }

  private static Consumer<@Nullable Touched> staysBy(String call, Touched before) {
    return after -> {
      assertThat(after).isNotNull();
      assertThat(after.scans()).as("tables read through").isEmpty();
      assertThat(after.pages())
          .as("pages")
          .isLessThanOrEqualTo(before.pages() + (long) MORE_PAGES * ROWS.getOrDefault(call, 1));
    };
  }

  private void load(int sessions) {
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      for (int i = 0; i < sessions / 100; i++) {
        NewTask task = Uploads.task(crowd, 100, T0);
        work.commit(tx -> {
          tx.tasks().create(task);
          return task;
        });
      }
    }
    pages.settle();
  }

  /** Every call of the hot paths, for a tenant of its own, on plans for the tables as they are. */
  private Map<String, Touched> measure() {
    World world = World.fresh();
    PostgresWorld.register(settings, world);
    Map<String, Touched> touched = new LinkedHashMap<>();
    try (HikariDataSource pool = Pool.open(settings);
        PostgresUnitOfWork work = PostgresUnitOfWork.over(pool, CommitListener.NONE)) {
      calls(world)
          .forEach((name, call) -> {
            for (int warm = 0; warm < 8; warm++) {
              run(work, call);
            }
            touched.put(name, pages.around(pool, () -> run(work, call)));
          });
    }
    return touched;
  }

  private Map<String, Consumer<Stores>> calls(World world) {
    UUID tenant = world.tenantId();
    UUID project = world.project().projectId();
    Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();
    Session[] mine = {Uploads.task(world, 1, T0).sessions().getFirst()};
    calls.put(
        "create",
        tx -> {
          NewTask task = Uploads.task(world, 1, T0);
          tx.tasks().create(task);
          mine[0] = task.sessions().getFirst();
        });
    calls.put("find_under_policy", tx -> tx.sessions().findUnderPolicy(tenant, id(mine[0])));
    calls.put("find", tx -> tx.sessions().find(tenant, id(mine[0])));
    calls.put("progress", tx -> tx.sessions().progress(tenant, id(mine[0])));
    calls.put("lock", tx -> tx.sessions().lock(tenant, id(mine[0])));
    calls.put("policy", tx -> tx.policies().ofSession(tenant, id(mine[0])));
    calls.put("timeline", tx -> tx.timelines().page(tenant, id(mine[0]), null, 10));
    calls.put("last url", tx -> tx.timelines().lastUrlEnd(id(mine[0])));
    calls.put("acknowledge", tx -> tx.parts().acknowledge(id(mine[0]), PARTS, Facts.NONE));
    calls.put("due", tx -> tx.claims().due(T0, T0, 10));
    calls.put(
        "room",
        tx -> tx.rooms().find(new RoomRequest(tenant, project, null, world.robot().id(), T0)));
    calls.put(
        "room beside all that is open in the tenant",
        tx ->
            tx.rooms()
                .find(
                    new RoomRequest(
                        crowd.tenantId(),
                        crowd.project().projectId(),
                        null,
                        crowd.robot().id(),
                        T0)));
    calls.put(
        "create beside all that is open in the tenant",
        tx -> tx.tasks().create(Uploads.task(crowd, 1, T0)));
    calls.put(
        "tasks",
        tx ->
            tx.tasks()
                .list(
                    new TaskStore.Query(tenant, project, null, null, null, null, Set.of(), 5), T0));
    calls.put(
        "tasks in a status",
        tx ->
            tx.tasks()
                .list(
                    new TaskStore.Query(
                        tenant, project, TaskStatus.PENDING, null, null, null, Set.of(), 5),
                    T0));
    calls.put(
        "move",
        tx -> {
          Session before = mine[0];
          mine[0] = next(before);
          tx.sessions().apply(List.of(Uploads.move(before, mine[0], UploadEvent.PAUSED)));
        });
    return calls;
  }

  private static Session next(Session session) {
    return switch (session) {
      case Session.Initiating s -> s.initiated("upload-1", T0);
      case Session.Initiated s -> s.start(T0);
      case Session.Uploading s -> s.pause("growing", T0);
      case Session.Paused s -> s.resume(T0);
      default -> throw new IllegalStateException(session.status().name());
    };
  }

  private static final List<UploadPart> PARTS =
      List.of(UploadPart.acknowledged(1, "\"e\"", 1, null, T0));

  private static UUID id(Session session) {
    return session.upload().sessionId();
  }

  private static void run(PostgresUnitOfWork work, Consumer<Stores> call) {
    work.commit(tx -> {
      call.accept(tx);
      return T0;
    });
  }
}

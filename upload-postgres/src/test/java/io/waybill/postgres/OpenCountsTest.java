package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.CommitListener;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The sums of {@code open_counts} are what a count of the rows would say. */
class OpenCountsTest {
  private static final Instant T0 = World.BEGINNING;

  /** Owners whose sum differs from the count of their rows, of all kinds. */
  private static final String DRIFT =
      """
      with open_rows as (
        select o.id from upload_sessions s cross join lateral (values (s.tenant_id), (s.source_device_id)) o(id)
          where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING') and o.id is not null
        union all
        select t.project_id from upload_tasks t where t.status in ('PENDING', 'PROCESSING', 'PAUSED')
      ), counted as (select owner_id as id, sum(open) as open from open_counts group by 1),
      real as (select id, count(*) as open from open_rows group by 1)
      select count(*) from real full join counted using (id)
      where coalesce(real.open, 0) <> coalesce(counted.open, 0)
      """;

  private static final String[] LENT = {
    "alter table audit_events add address text, add user_agent text",
    "alter table outbox_events add project_id uuid",
    "alter table datasets add legal_hold_at timestamptz, add legal_hold_reason text",
    "create domain checksum_mode as text",
    "create domain encryption_mode as text",
    "create domain object_lock_mode as text",
    """
    alter table upload_sessions add checksum_mode checksum_mode, add encryption_mode encryption_mode,
      add kms_key_ref text, add object_lock_mode object_lock_mode, add object_lock_days integer,
      add legal_hold boolean, add object_checksums jsonb, add checksum_sha256 text,
      add part_list_sha256 text, add copy_source jsonb
    """
  };
  private static final String[] TAKEN_BACK = {
    "alter table audit_events drop address, drop user_agent",
    "alter table outbox_events drop project_id",
    "alter table datasets drop legal_hold_at, drop legal_hold_reason",
    "drop domain checksum_mode, encryption_mode, object_lock_mode cascade",
    """
    alter table upload_sessions drop kms_key_ref, drop object_lock_days, drop legal_hold,
      drop object_checksums, drop checksum_sha256, drop part_list_sha256, drop copy_source
    """
  };

  private final World world = World.fresh();

  @Test
  void whatever_happens_at_once_the_sums_are_the_counts() throws Exception {
    PostgresSettings settings = TestPostgres.migrated().withPoolSize(8);
    PostgresWorld.register(settings, world);
    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int caller = 0; caller < 40; caller++) {
        int objects = 1 + caller % 3;
        all.add(callers.submit(() -> live(work, objects)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(number(settings, DRIFT)).isZero();
    assertThat(number(settings, "select sum(open) from open_counts")).isPositive();
    assertThat(number(settings, "select count(distinct shard) from open_counts")).isGreaterThan(1);

    run(
        settings,
        "alter table upload_objects drop constraint upload_objects_session_id_fkey",
        "alter table upload_sessions drop constraint upload_sessions_object_id_fkey",
        "delete from upload_objects",
        "delete from upload_sessions",
        "delete from upload_tasks");
    assertThat(number(settings, DRIFT)).isZero();
    assertThat(number(settings, "select coalesce(sum(open), 0) from open_counts")).isZero();
  }

  /** One object is aborted, one fails, one stays open; a loser of a race changes nothing. */
  private void live(PostgresUnitOfWork work, int objects) {
    NewTask task = Uploads.task(world, objects, T0);
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    Session.Initiating first = task.sessions().getFirst();
    Session.Initiated open = first.initiated("upload-1", T0.plusSeconds(1));
    Session.Aborting ends = open.abort("no", T0.plusSeconds(2));
    move(work, first, open, UploadEvent.INITIATED);
    move(work, open, ends, UploadEvent.ABORT_REQUESTED);
    move(work, open, open.start(T0.plusSeconds(2)), UploadEvent.PAUSED);
    move(work, ends, ends.confirm(null, T0.plusSeconds(3)), UploadEvent.ABORTED);
    if (objects > 1) {
      Session.Initiating last = task.sessions().getLast();
      move(work, last, last.abort("no", T0.plusSeconds(2)), UploadEvent.ABORT_REQUESTED);
    }
  }

  private static void move(
      PostgresUnitOfWork work, Session before, Session after, UploadEvent type) {
    work.commit(tx -> tx.sessions().apply(List.of(Uploads.move(before, after, type))));
  }

  @Test
  void
      what_was_open_before_the_migration_is_counted_and_what_an_older_version_opens_after_it_too() {
    PostgresSettings settings = TestPostgres.empty();
    Flyway.configure()
        .dataSource(Pool.patient(settings))
        .locations("classpath:io/waybill/postgres/migration")
        .target("6")
        .load()
        .migrate();
    PostgresWorld.registerWithoutGrants(settings, world);
    try (PostgresUnitOfWork older = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      // the statements are today's: what came into tables since is lent to them
      run(settings, LENT);
      live(older, 3);
      run(settings, TAKEN_BACK);

      Migrations.run(settings);
      assertThat(number(settings, DRIFT)).isZero();
      assertThat(number(settings, "select sum(open) from open_counts")).isPositive();

      live(older, 2);
      assertThat(number(settings, DRIFT)).isZero();
    }
  }

  @Test
  void creates_of_one_tenant_do_not_wait_for_each_other() throws Exception {
    PostgresSettings settings = TestPostgres.migrated().withPoolSize(1);
    PostgresWorld.register(settings, world);
    try (PostgresUnitOfWork one = PostgresUnitOfWork.open(settings, CommitListener.NONE);
        PostgresUnitOfWork two = onAnotherShard(settings, shard(one));
        ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      NewTask slow = Uploads.task(world, 1, T0);
      NewTask quick = Uploads.task(world, 1, T0);
      one.commit(tx -> {
        tx.tasks().create(slow); // and is not committed before the other one is
        return join(other.submit(() -> created(two, quick)));
      });
    }
    assertThat(number(settings, "select count(*) from upload_tasks")).isEqualTo(2);
  }

  private static NewTask created(PostgresUnitOfWork work, NewTask task) {
    return work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
  }

  /** Fifteen of sixteen new connections are. */
  private static PostgresUnitOfWork onAnotherShard(PostgresSettings settings, int shard) {
    PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
    if (shard(work) != shard) {
      return work;
    }
    work.close();
    return onAnotherShard(settings, shard);
  }

  private static int shard(PostgresUnitOfWork work) {
    Sql ask = Sql.of("test.shard", "select pg_backend_pid() & 15 as shard");
    return work.commit(
        tx -> ((PostgresStores) tx).db().one(ask.call(), row -> row.count("shard")).orElseThrow());
  }

  private static NewTask join(Future<NewTask> created) {
    try {
      return created.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(PostgresSettings settings, String... statements) {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(PostgresSettings settings, String sql) {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadPart;
import io.waybill.testkit.ForwardingDataSource;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a database that is ill, or being changed, does to requests. */
class DatabaseTroubleTest {
  private final World world = World.fresh();
  private final PostgresSettings settings =
      TestPostgres.migrated().withPoolSize(2).withConnectionWait(Duration.ofMillis(500));
  private final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void a_database_that_answers_is_well_and_one_without_our_schema_or_at_no_address_is_not() {
    work.check();

    try (PostgresUnitOfWork bare =
        PostgresUnitOfWork.open(TestPostgres.empty(), CommitListener.NONE)) {
      assertThatThrownBy(bare::check).hasMessageContaining("run ./waybill admin migrate");
    }
    PostgresSettings away =
        PostgresSettings.at("jdbc:postgresql://127.0.0.1:1/none", "nobody", "")
            .withConnectionWait(Duration.ofMillis(500));
    try (PostgresUnitOfWork nowhere = PostgresUnitOfWork.open(away, CommitListener.NONE)) {
      assertOutage(nowhere::check);
    }
  }

  @Test
  void a_full_disk_is_an_outage_and_the_work_can_be_repeated_when_there_is_room() {
    admin(
        """
        create function no_room() returns trigger language plpgsql as $$
        begin
          raise exception 'could not extend file: No space left on device' using errcode = '53100';
        end $$
        """);
    admin(
        "create trigger no_room before insert on upload_sessions for each row"
            + " execute function no_room()");
    assertOutage(this::create);

    admin("drop trigger no_room on upload_sessions");
    assertThat(create()).isNotNull();
  }

  @Test
  void after_a_fail_over_writes_are_outages_until_connections_reach_the_new_primary() {
    assertThat(create()).isNotNull();
    String database = settings.url().substring(settings.url().lastIndexOf('/') + 1);
    admin("alter database " + database + " set default_transaction_read_only = on");
    try (PostgresUnitOfWork onStandby = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      assertOutage(() -> create(onStandby));
      assertThat(onStandby.<Boolean>read(tx -> isKnown(tx))).isFalse();

      admin(
          "set session characteristics as transaction read write",
          "alter database " + database + " reset all");
      assertOutage(() -> create(onStandby)); // on a connection to what is a standby now
      assertThat(create(onStandby)).isNotNull();
    }
  }

  @Test
  void a_column_added_under_live_connections_disturbs_no_work_in_a_transaction() {
    Session session = create().sessions().getFirst();
    everyRead(session);
    for (String table :
        List.of(
            "upload_sessions",
            "upload_parts",
            "upload_events",
            "upload_tasks",
            "upload_objects",
            "datasets",
            "projects",
            "storage_policies",
            "idempotency_records")) {
      admin("alter table " + table + " add column of_a_later_version text");
    }

    everyRead(session);
    assertThat(create()).isNotNull();
  }

  private void everyRead(Session session) {
    work.commit(tx -> {
      reads(tx, session);
      return session;
    });
  }

  private void reads(Stores tx, Session session) {
    var tenant = world.tenantId();
    var id = session.upload().sessionId();
    var project = world.project().projectId();
    tx.sessions().find(tenant, id);
    tx.sessions().lock(tenant, id);
    tx.sessions().progress(tenant, id);
    tx.claims().due(World.BEGINNING, World.BEGINNING, 1);
    tx.parts()
        .acknowledge(
            id,
            List.of(UploadPart.acknowledged(1, "\"e\"", 1, null, World.BEGINNING)),
            io.waybill.core.event.Facts.NONE);
    tx.parts().page(id, 0, 10);
    tx.timelines().page(tenant, id, null, 10);
    tx.datasets().find(tenant, project, session.upload().owner().datasetId());
    tx.tasks().find(tenant, project, session.upload().owner().taskId());
    tx.projects().find(tenant, project);
  }

  @Test
  void work_whose_plan_a_migration_has_outdated_runs_again() {
    AtomicInteger runs = new AtomicInteger();
    admin("create view as_it_is as select id, slug from tenants");
    Runnable look = () -> work.commit(tx -> seen(tx, runs));
    look.run();
    look.run();
    admin("drop view as_it_is; create view as_it_is as select id, slug, name from tenants");
    look.run();

    assertThat(runs).hasValue(4);
  }

  /** A statement that names no columns: what ours must not be. */
  private static int seen(Stores tx, AtomicInteger runs) {
    runs.incrementAndGet();
    Db db = ((PostgresStores) tx).db();
    return db.all(Sql.of("test.view", "select * from as_it_is").call(), row -> row.id("id")).size();
  }

  @Test
  void a_connection_that_the_pool_has_closed_meanwhile_is_an_outage() {
    try (HikariDataSource pool = Pool.open(settings);
        PostgresUnitOfWork unlucky =
            PostgresUnitOfWork.over(new Closed(pool), CommitListener.NONE)) {
      assertOutage(() -> unlucky.read(tx -> tx.sessions().find(world.tenantId(), Ids.next())));
      assertOutage(() -> create(unlucky));
    }
  }

  /** Gives away connections that are closed at their second use. */
  private static final class Closed extends ForwardingDataSource {
    Closed(HikariDataSource real) {
      super(real);
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      connection.close();
      return connection;
    }
  }

  private boolean isKnown(Stores tx) {
    return tx.sessions().find(world.tenantId(), Ids.next()).isPresent();
  }

  private NewTask create() {
    return create(work);
  }

  private NewTask create(PostgresUnitOfWork by) {
    NewTask task = Uploads.task(world, 1, World.BEGINNING);
    return by.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
  }

  private void admin(String... statements) {
    try (Connection connection = Pool.patient(settings).getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertOutage(ThrowingCallable call) {
    Outage outage = catchThrowableOfType(Outage.class, call);
    assertThat(outage).isNotNull();
    assertThat(outage.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    assertThat(outage.retryAfterSeconds()).isPositive();
  }
}

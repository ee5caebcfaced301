package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.app.CommitListener;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections go back, and a database that fails is an outage. */
class ConnectionsTest {
  private static final int POOL = 2;
  private final World world = World.fresh();
  private final PostgresSettings settings =
      ContractDatabase.settings().withPoolSize(POOL).withConnectionWait(Duration.ofMillis(500));
  private final HikariDataSource pool = Pool.open(settings);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.over(pool, CommitListener.NONE);

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void no_way_of_failing_keeps_a_connection() {
    Session session = created();
    NewTask twice = Uploads.task(world, 1, World.BEGINNING);
    for (int i = 0; i < 3 * POOL; i++) {
      work.write(tx -> refusedAfterAWrite(session, tx.sessions()));
      assertThatThrownBy(() -> work.read(tx -> broken(tx.sessions())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> work.commit(tx -> broken(tx.sessions())))
          .isInstanceOf(IllegalArgumentException.class);
      // The statement itself fails, inside a transaction and by itself.
      assertThatThrownBy(() ->
              work.commit(tx -> {
                tx.tasks().create(twice);
                tx.tasks().create(twice);
                return twice;
              }))
          .isNotInstanceOf(Outage.class);
      assertThatThrownBy(() -> work.read(tx -> unknownSession(tx.parts())))
          .isNotInstanceOf(Outage.class);
    }
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    assertThat(created()).isNotNull();
  }

  private Verdict<String> refusedAfterAWrite(Session session, SessionStore sessions) {
    sessions.lock(world.tenantId(), session.upload().sessionId());
    return Verdict.refused(ErrorCode.UPLOAD_EXPIRED, "no");
  }

  private Integer broken(SessionStore sessions) {
    sessions.find(world.tenantId(), Ids.next());
    throw new IllegalArgumentException("a bug after a statement");
  }

  private static Integer unknownSession(PartStore parts) {
    return parts.acknowledge(
        Ids.next(), List.of(UploadPart.acknowledged(1, "e", 1, null, World.BEGINNING)), Facts.NONE);
  }

  @Test
  void a_unit_of_work_inside_another_is_a_bug_that_is_named() {
    assertThatThrownBy(() -> work.read(outer -> work.<Integer>read(inner -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("inside another");
  }

  @Test
  void a_statement_alone_commits_by_itself_tells_its_facts_and_allows_no_second() {
    Session.Initiated first = (Session.Initiated) created();
    Session.Uploading next = first.start(World.BEGINNING.plusSeconds(2));
    List<Facts> told = new ArrayList<>();
    PostgresUnitOfWork telling = PostgresUnitOfWork.over(pool, told::add);

    Set<UUID> won =
        telling.alone(
            tx -> tx.sessions().apply(List.of(Uploads.move(first, next, UploadEvent.PAUSED))));
    Session now = work.read(tx -> tx.sessions().find(world.tenantId(), id(first)).orElseThrow());

    assertThat(won).containsExactly(id(first));
    assertThat(told).hasSize(1);
    assertThat(now).isInstanceOf(Session.Uploading.class);
    assertThatThrownBy(() ->
            telling.alone(tx -> {
              tx.sessions().find(world.tenantId(), id(first));
              return tx.sessions().find(world.tenantId(), id(first));
            }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction");
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  private static UUID id(Session session) {
    return session.upload().sessionId();
  }

  @Test
  void a_pool_with_no_connection_left_is_an_outage() throws Exception {
    List<Connection> taken = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      taken.add(pool.getConnection());
    }
    assertOutage(() -> created());
    for (Connection connection : taken) {
      connection.close();
    }
    assertThat(created()).isNotNull();
  }

  @Test
  void a_database_that_is_not_there_is_an_outage() {
    PostgresSettings nowhere =
        PostgresSettings.at("jdbc:postgresql://127.0.0.1:1/none", "nobody", "")
            .withConnectionWait(Duration.ofMillis(300));
    try (PostgresUnitOfWork lost = PostgresUnitOfWork.open(nowhere, CommitListener.NONE)) {
      assertOutage(() -> lost.read(tx -> tx.sessions().find(world.tenantId(), Ids.next())));
      assertOutage(() -> lost.commit(tx -> tx.sessions().find(world.tenantId(), Ids.next())));
    }
  }

  @Test
  void when_the_connections_are_cut_one_call_is_an_outage_and_the_next_works() {
    try (PostgresUnitOfWork cut = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      warm(cut);
      assertOutage(() ->
          cut.commit(tx -> {
            tx.sessions().lock(world.tenantId(), Ids.next());
            cutEveryConnection();
            return tx.sessions().find(world.tenantId(), Ids.next());
          }));
      warm(cut);
    }
  }

  /** Uses every connection of the pool at once. */
  private void warm(PostgresUnitOfWork used) {
    CountDownLatch all = new CountDownLatch(POOL);
    List<Thread> users = new ArrayList<>();
    AtomicInteger served = new AtomicInteger();
    for (int i = 0; i < POOL; i++) {
      users.add(
          Thread.ofVirtual()
              .start(() -> {
                used.commit(tx -> {
                  tx.sessions().find(world.tenantId(), Ids.next());
                  all.countDown();
                  await(all);
                  return POOL;
                });
                served.incrementAndGet();
              }));
    }
    users.forEach(ConnectionsTest::join);
    assertThat(served).hasValue(POOL);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cutEveryConnection() {
    try (Connection admin = Pool.driver(settings).getConnection();
        var statement = admin.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_commit_whose_outcome_is_unknown_is_an_outage_and_is_not_told() {
    List<Facts> told = new ArrayList<>();
    try (PostgresUnitOfWork unlucky =
        PostgresUnitOfWork.over(new CommitsIntoTheVoid(pool), told::add)) {
      NewTask task = Uploads.task(world, 1, World.BEGINNING);
      assertOutage(() ->
          unlucky.commit(tx -> {
            tx.tasks().create(task);
            return task;
          }));
      assertThat(told).isEmpty();
    }
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void work_that_met_a_deadlock_runs_again() {
    Session one = created();
    Session two = created();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    AtomicInteger runs = new AtomicInteger();
    Thread other = Thread.ofVirtual().start(() -> lockBoth(two, one, bothHoldOne, runs));
    lockBoth(one, two, bothHoldOne, runs);
    join(other);

    assertThat(runs).hasValue(3); // two, and the one that the server chose to end
  }

  private void lockBoth(Session first, Session second, CountDownLatch both, AtomicInteger runs) {
    work.commit(tx -> {
      runs.incrementAndGet();
      tx.sessions().lock(world.tenantId(), first.upload().sessionId());
      both.countDown();
      await(both);
      return tx.sessions().lock(world.tenantId(), second.upload().sessionId());
    });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Session created() {
    NewTask task = Uploads.task(world, 1, World.BEGINNING);
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    Session.Initiating first = task.sessions().getFirst();
    Session.Initiated next = first.initiated("upload-1", World.BEGINNING.plusSeconds(1));
    work.commit(
        tx -> tx.sessions().apply(List.of(Uploads.move(first, next, UploadEvent.INITIATED))));
    return next;
  }

  private static void assertOutage(ThrowingCallable call) {
    Outage outage = catchThrowableOfType(Outage.class, call);
    assertThat(outage).isNotNull();
    assertThat(outage.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
  }
}

package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.usecase.CreateUploadTask;
import io.waybill.testkit.CountingDataSource;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each store method costs in round trips. */
class StatementBudgetTest {
  private static final Instant T0 = World.BEGINNING;
  private final World world = World.fresh();
  private final HikariDataSource pool = Pool.open(ContractDatabase.settings());
  private final CountingDataSource counter = new CountingDataSource(pool);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.over(counter, CommitListener.NONE);

  @BeforeEach
  void register() {
    PostgresWorld.register(ContractDatabase.settings(), world);
  }

  @AfterEach
  void close() {
    work.close();
    pool.close();
  }

  @Test
  void a_read_of_one_statement_is_one_round_trip() {
    Session session = created(1).sessions().getFirst();
    UUID id = session.upload().sessionId();
    counter.takeSent();

    work.read(tx -> tx.sessions().find(world.tenantId(), id));
    work.read(tx -> tx.sessions().findUnderPolicy(world.tenantId(), id));
    work.read(tx -> tx.sessions().progress(world.tenantId(), id));
    work.read(tx -> tx.identities().byApiKey(world.apiKeySha256(), T0));
    work.read(tx -> tx.rooms().find(room()));
    work.read(tx -> tx.parts().uploadedNumbers(id));

    assertThat(counter.takeSent()).hasSize(6).doesNotContain("COMMIT", "ROLLBACK");
  }

  private RoomRequest room() {
    return new RoomRequest(
        world.tenantId(), world.project().projectId(), null, world.robot().id(), T0);
  }

  @Test
  void the_writes_of_a_create_are_one_statement_each_whatever_the_number_of_objects() {
    NewTask task = Uploads.task(world, 100, T0);
    assertThat(sentBy(tx -> claim(tx, task.task().taskId()))).isEqualTo(2);
    assertThat(sentBy(tx -> tx.tasks().create(task))).isEqualTo(2);
    assertThat(
            sentBy(tx ->
                tx.sessions()
                    .apply(
                        task.sessions().stream()
                            .map(s ->
                                Uploads.move(
                                    s, s.initiated("u", T0.plusSeconds(1)), UploadEvent.INITIATED))
                            .toList())))
        .isEqualTo(2);
  }

  private void claim(Stores tx, UUID creates) {
    Scope scope = new Scope(world.tenantId(), "api_key:test", "key-" + creates);
    ClaimRequest<Answer.Task> request =
        new ClaimRequest<>(
            scope,
            CreateUploadTask.REMEMBERED,
            "0".repeat(64),
            creates,
            null,
            T0,
            T0.plusSeconds(30),
            T0.plusSeconds(3600));
    assertThat(tx.idempotency().claim(request)).isEqualTo(new Claim.Mine<>(null));
  }

  @Test
  void an_acknowledgement_is_one_statement_however_many_parts_it_names() {
    Session session = created(1).sessions().getFirst();
    UUID id = session.upload().sessionId();
    List<UploadPart> parts =
        java.util.stream.IntStream.rangeClosed(1, 1000)
            .mapToObj(n -> UploadPart.acknowledged(n, "\"e\"", 1, null, T0))
            .toList();
    Facts facts = Uploads.facts(session, UploadEvent.PART_ACKNOWLEDGED, T0);

    assertThat(sentBy(tx -> tx.parts().acknowledge(id, parts, facts))).isEqualTo(2);
  }

  @Test
  void work_that_never_asked_the_database_sends_nothing() {
    assertThat(sentBy(tx -> {})).isZero();
  }

  /** Statements and the commit. */
  private int sentBy(Consumer<Stores> change) {
    counter.takeSent();
    work.commit(tx -> {
      change.accept(tx);
      return T0;
    });
    return counter.takeSent().size();
  }

  private NewTask created(int objects) {
    NewTask task = Uploads.task(world, objects, T0);
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    return task;
  }
}

package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.AcknowledgeParts;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.core.upload.usecase.PresignParts;
import io.waybill.core.work.Ports;
import io.waybill.testkit.CountingDataSource;
import io.waybill.testkit.contract.World;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a whole request of a device costs in round trips to the database, statements and commits,
 * when its identity is known already. The numbers of docs/architecture.md.
 */
class UseCaseBudgetTest {
  private static final long PART = 64L << 20;
  private final World world = World.fresh();
  private final HikariDataSource pool = Pool.open(ContractDatabase.settings());
  private final CountingDataSource counter = new CountingDataSource(pool);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.over(counter, CommitListener.NONE);
  private final MemoryObjectStore storage = new MemoryObjectStore(Set.of("robot-data"));
  private final InstantSource time = InstantSource.system();
  private final UseCases use =
      UseCases.over(
          new Ports<>(
              work, storage, new MemorySigner(), new UuidV7(time), time, new MemoryHeartbeat()),
          UseCases.Settings.DEFAULT);

  @BeforeEach
  void register() {
    PostgresWorld.register(ContractDatabase.settings(), world);
    caller(); // the cache is warm from here on
  }

  @AfterEach
  void close() {
    work.close();
    pool.close();
  }

  @Test
  void a_create_of_one_object_costs_at_most_8() {
    assertThat(cost(requestKey -> create(requestKey, 1))).isLessThanOrEqualTo(8);
  }

  @Test
  void a_create_of_a_hundred_objects_costs_what_one_costs() {
    cost(requestKey -> create(requestKey, 1)); // takes more requests for URLs in advance
    assertThat(cost(requestKey -> create(requestKey, 100)))
        .isEqualTo(cost(requestKey -> create(requestKey, 1)));
  }

  @Test
  void a_presign_costs_at_most_2_and_a_hundred_parts_cost_what_one_costs() {
    UUID session = started(200);
    use.uploads().presignParts().handle(caller(), presign(session, 1)); // takes more in advance
    counter.takeSent();

    int one =
        cost(requestKey -> use.uploads().presignParts().handle(caller(), presign(session, 1)));
    int hundred =
        cost(requestKey -> use.uploads().presignParts().handle(caller(), presign(session, 100)));

    assertThat(one).isLessThanOrEqualTo(2);
    assertThat(hundred).isEqualTo(one);
  }

  @Test
  void an_acknowledgement_costs_at_most_3_however_many_parts_it_names() {
    UUID session = started(200);

    int one = cost(requestKey -> acknowledge(session, 1));
    int hundred = cost(requestKey -> acknowledge(session, 100));

    assertThat(one).isLessThanOrEqualTo(3);
    assertThat(hundred).isEqualTo(one);
  }

  @Test
  void a_read_of_a_session_costs_1() {
    UUID session = started(3);

    assertThat(cost(requestKey -> use.uploads().getSession().handle(caller(), session, false)))
        .isEqualTo(1);
  }

  @Test
  void a_complete_costs_at_most_9() {
    UUID session = started(3);
    storage
        .openUploads()
        .forEach(upload -> {
          for (int part = 1; part <= 3; part++) {
            storage.put(upload, part, PART);
          }
        });

    assertThat(
            cost(requestKey ->
                use.uploads()
                    .completeUpload()
                    .handle(
                        caller(),
                        requestKey,
                        new CompleteUpload.Request(session, Map.of(1, "\"x\""), null))))
        .isLessThanOrEqualTo(9);
  }

  @Test
  void a_complete_that_contradicts_a_checksum_costs_4_and_moves_nothing_first() {
    UUID session = started(3);
    complete(session, "a".repeat(64)); // refused for its parts, and its checksum stays
    counter.takeSent();

    Verdict<Answer.Completed> verdict = complete(session, "b".repeat(64));

    assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    assertThat(counter.takeSent())
        .hasSize(4)
        .noneMatch(sql -> sql.contains("update upload_sessions"))
        .endsWith("ROLLBACK");
  }

  private Verdict<Answer.Completed> complete(UUID session, String sha256) {
    return use.uploads()
        .completeUpload()
        .handle(
            caller(),
            requestKey(UUID.randomUUID().toString()),
            new CompleteUpload.Request(session, Map.of(), sha256));
  }

  @Test
  void an_abort_costs_at_most_9() {
    UUID session = started(3);

    assertThat(
            cost(requestKey ->
                use.uploads()
                    .abortUpload()
                    .handle(caller(), requestKey, new AbortUpload.Request(session, "a test"))))
        .isLessThanOrEqualTo(9);
  }

  /** Statements and commits of one request, as the gateway makes it and sees its answer out. */
  private int cost(Function<RequestKey, Verdict<?>> request) {
    String key = UUID.randomUUID().toString();
    counter.takeSent();
    Verdict<?> verdict = request.apply(requestKey(key));
    assertThat(verdict).isInstanceOf(Verdict.Ok.class);
    return counter.takeSent().size();
  }

  private static RequestKey requestKey(String key) {
    return new RequestKey(key, true, new ReplyAddress("somewhere", "{}"), () -> {});
  }

  private Caller caller() {
    return use.access().authenticate().device(world.tenantId(), world.robot().id())
            instanceof Verdict.Ok<io.waybill.core.access.Identity>(var robot)
        ? new Caller(robot, "r", "mqtt")
        : fail();
  }

  private static Caller fail() {
    throw new AssertionError("the robot is registered");
  }

  private Verdict<Answer.Task> create(RequestKey requestKey, int objects) {
    return create(requestKey, objects, 3);
  }

  private Verdict<Answer.Task> create(RequestKey requestKey, int objects, int parts) {
    NewTask.File file =
        new NewTask.File(null, "run.mcap", parts * PART, null, null, null, Map.of());
    NewTask task =
        new NewTask(
            world.project().projectId(),
            "run",
            "device",
            null,
            null,
            null,
            java.util.Collections.nCopies(objects, file),
            Map.of(),
            new NewTask.Presign(1, null, true));
    return use.uploads().createUploadTask().handle(caller(), requestKey, task, AnswerLimit.NONE);
  }

  /** A session that has begun: its first URL was in the answer that created it. */
  private UUID started(int parts) {
    return create(requestKey(UUID.randomUUID().toString()), 1, parts)
            instanceof Verdict.Ok<Answer.Task>(Answer.Task task)
        ? task.objects().getFirst().sessionId()
        : world.tenantId();
  }

  private static PresignParts.Request presign(UUID session, int parts) {
    return new PresignParts.Request(
        session, numbers(parts), null, true, Map.of(), AnswerLimit.NONE);
  }

  private Verdict<?> acknowledge(UUID session, int parts) {
    return use.uploads()
        .acknowledgeParts()
        .handle(
            caller(),
            new AcknowledgeParts.Request(
                session,
                numbers(parts).stream()
                    .map(n -> new AcknowledgeParts.Part(n, "\"e\"", PART, null))
                    .toList()));
  }

  private static List<Integer> numbers(int count) {
    return java.util.stream.IntStream.rangeClosed(1, count).boxed().toList();
  }

  @Test
  void what_a_gateway_notes_after_it_has_answered_costs_1_more() {
    String key = UUID.randomUUID().toString();
    create(requestKey(key), 1);
    counter.takeSent();

    use.idempotency()
        .rememberedRequests()
        .answered(new Scope(world.tenantId(), world.robot().actor(), key));

    assertThat(counter.takeSent()).hasSize(1);
  }
}

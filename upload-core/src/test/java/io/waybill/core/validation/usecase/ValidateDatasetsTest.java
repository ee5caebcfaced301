package io.waybill.core.validation.usecase;

import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.PreviewStatus;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.dataset.usecase.MoveDataset;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.Pace;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker finds in what was uploaded, and what becomes of it. */
class ValidateDatasetsTest {
  private static final Protection STRICT =
      new Protection(
          ChecksumMode.SERVER_STRICT_VALIDATE,
          EncryptionMode.NONE,
          null,
          ObjectLockMode.NONE,
          null,
          false);

  /** More than a block, and no multiple of one. */
  private static final int SIZE = StoredFile.BLOCK + 12_345;

  private final World world = new World();
  private List<Judgement> judgements = List.of();
  private long paced;
  private final ValidateDatasets validate =
      new ValidateDatasets(
          world.ports,
          world.storage,
          (file, bytes) -> {
            assertThat(bytes.read(0, 4)).as("a range within").hasSize(4);
            assertThat(bytes.read(file.sizeBytes() - 2, 10)).as("up to the end").hasSize(2);
            assertThat(bytes.read(file.sizeBytes(), 10)).as("beyond it").isEmpty();
            return judgements;
          },
          bytes -> paced += bytes);

  @BeforeEach
  void validated() {
    world.database.addPolicy(Registry.TENANT, Registry.policy(STRICT, true));
  }

  @Test
  void what_is_whole_is_ready_with_a_sum_that_is_more_than_a_client_s_word() throws Exception {
    UUID dataset = uploaded(null);
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.PROCESSING);

    judgements = List.of(judgement(ValidationStatus.PASSED));
    assertThat(walkAll()).isEqualTo(1);
    assertThat(paced).as("every byte that is summed waits for its turn").isEqualTo(SIZE);

    Dataset ready = find(dataset);
    assertThat(ready.status()).isEqualTo(DatasetStatus.READY);
    assertThat(ready.validationStatus()).isEqualTo(ValidationStatus.PASSED);
    assertThat(ready.readyAt()).isEqualTo(world.now());
    assertThat(ready.checksumSha256()).isEqualTo(sumOfZeros());
    assertThat(ready.preview().status()).isEqualTo(PreviewStatus.READY);
    assertThat(ready.preview().metadata()).containsEntry("topics", List.of("/camera"));
    assertThat(results(dataset))
        .extracting(ValidationResult::validator)
        .containsExactly("mcap", "stored-object");
    assertThat(events(dataset)).containsExactly("dataset.ready");
    assertThat(
            value(world.clients.create(task(file("again", sumOfZeros()))))
                .objects()
                .getFirst()
                .instant())
        .as("the next upload of these bytes is a copy")
        .isTrue();
  }

  @Test
  void other_bytes_than_its_client_has_summed_are_rejected() {
    UUID dataset = uploaded("5e".repeat(32));
    walkAll();

    Dataset rejected = find(dataset);
    assertThat(rejected.status()).isEqualTo(DatasetStatus.REJECTED);
    assertThat(rejected.validationStatus()).isEqualTo(ValidationStatus.FAILED);
    assertThat(rejected.readyAt()).isNull();
    assertThat(results(dataset).getFirst().errors().getFirst()).contains("5e".repeat(32));
    assertThat(events(dataset)).containsExactly("dataset.rejected");
    assertThat(world.database.facts().audit())
        .filteredOn(row -> row.action().equals("dataset.rejected"))
        .extracting(AuditEvent::actor)
        .containsExactly("worker");
  }

  @Test
  void an_object_that_is_gone_is_rejected() {
    UUID dataset = uploaded(null);
    world.storage.delete(Objects.requireNonNull(find(dataset).location()), null);
    walkAll();

    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.REJECTED);
  }

  @Test
  void what_a_reader_finds_fault_with_is_quarantined_and_can_be_looked_at_again() {
    UUID dataset = uploaded(null);
    judgements = List.of(judgement(ValidationStatus.FAILED));
    walkAll();
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.QUARANTINED);
    assertThat(events(dataset)).containsExactly("dataset.quarantined");

    judgements = List.of(judgement(ValidationStatus.PASSED));
    value(
        world
            .all
            .datasets()
            .moveDataset()
            .handle(
                Registry.person(),
                RequestKey.NONE,
                new MoveDataset.Request(
                    MoveDataset.Move.RETRY_VALIDATION, Registry.PROJECT, dataset, null)));
    walkAll();
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.READY);
    assertThat(events(dataset)).containsExactly("dataset.quarantined", "dataset.ready");
    assertThat(results(dataset)).hasSize(4);
  }

  @Test
  void a_reader_that_comes_to_no_end_keeps_nothing_back() {
    UUID dataset = uploaded(null);
    judgements = List.of(judgement(ValidationStatus.SKIPPED));
    walkAll();

    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void while_storage_does_not_answer_it_stays_due_and_nothing_is_said() {
    UUID dataset = uploaded(null);
    ValidateDatasets deaf =
        new ValidateDatasets(
            world.ports,
            range -> {
              throw Outage.storage("503", new IllegalStateException());
            },
            (file, bytes) -> List.of(),
            Pace.ANY);

    assertThat(deaf.walk(deaf.claim(10).getFirst())).isPresent();
    assertThat(find(dataset).validationStatus()).isEqualTo(ValidationStatus.RUNNING);
    assertThat(results(dataset)).isEmpty();
    assertThat(validate.claim(10)).as("left alone for a while").isEmpty();
    world.advance(ValidateDatasets.CLAIM);
    assertThat(walkAll()).isEqualTo(1);
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void of_two_that_look_at_one_only_the_last_to_claim_it_is_believed() {
    UUID dataset = uploaded(null);
    Due first = validate.claim(10).getFirst();
    world.advance(ValidateDatasets.CLAIM);
    Due second = validate.claim(10).getFirst();

    judgements = List.of(judgement(ValidationStatus.FAILED));
    assertThat(validate.walk(first)).isEmpty();
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.PROCESSING);
    judgements = List.of();
    assertThat(validate.walk(second)).isEmpty();
    assertThat(validate.walk(second)).as("once more").isEmpty();
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.READY);
    assertThat(events(dataset)).containsExactly("dataset.ready");
  }

  @Test
  void where_too_many_wait_no_more_are_begun_until_some_were_looked_at() {
    World small = new World(Limits.standard().with(new Limits.Openings(100, 100, 100, 1)));
    small.database.addPolicy(Registry.TENANT, Registry.policy(STRICT, true));
    UUID first =
        value(small.clients.create(task(file("a", null)))).objects().getFirst().sessionId();
    value(small.clients.create(task(file("b", null))));
    small.putAll(first);
    value(small.clients.complete(first));

    Refusal refused = World.refusal(small.clients.create(task(file("c", null))));
    assertThat(refused.code().code()).isEqualTo("rate_limit.exceeded");
    assertThat(refused.details()).containsEntry("scope", "validation_queue");
    assertThat(refused.retryAfterSeconds()).isPositive();

    ValidateDatasets look =
        new ValidateDatasets(small.ports, small.storage, (file, bytes) -> List.of(), Pace.ANY);
    look.claim(10).forEach(look::walk);
    value(small.clients.create(task(file("c", null))));
  }

  private int walkAll() {
    List<Due> due = validate.claim(10);
    assertThat(due).allSatisfy(one -> assertThat(validate.walk(one)).isEqualTo(Optional.empty()));
    return due.size();
  }

  private static NewTask.File file(String name, @Nullable String sha256) {
    return new NewTask.File(null, name, SIZE, null, null, sha256, Map.of());
  }

  private UUID uploaded(@Nullable String sha256) {
    UUID session =
        value(world.clients.create(task(file("run", sha256)))).objects().getFirst().sessionId();
    world.putAll(session);
    value(world.clients.complete(session));
    return world.stored(session).upload().owner().datasetId();
  }

  private Dataset find(UUID dataset) {
    return world.dataset(Registry.PROJECT, dataset);
  }

  private List<ValidationResult> results(UUID dataset) {
    return world.database.read(tx -> tx.datasets().validations(Registry.TENANT, dataset, 10));
  }

  private List<String> events(UUID dataset) {
    return world.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(dataset))
        .map(OutboxEvent::type)
        .toList();
  }

  private static Judgement judgement(ValidationStatus status) {
    List<String> errors =
        status == ValidationStatus.FAILED ? List.of("no footer: truncated") : List.of();
    return new Judgement("mcap", "1", status, Map.of("topics", List.of("/camera")), errors);
  }

  private static String sumOfZeros() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[SIZE]));
  }
}

package io.waybill.core.validation.usecase;

import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.NewTask;
import io.waybill.core.validation.Pace;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is READY at once, and is summed afterwards. */
class SumAfterwardsTest {
  private static final Protection AFTERWARDS =
      new Protection(
          ChecksumMode.SERVER_ASYNC_VALIDATE,
          EncryptionMode.NONE,
          null,
          ObjectLockMode.NONE,
          null,
          false);
  private static final int SIZE = 5 << 20;

  private final World world = new World();
  private final ValidateDatasets validate =
      new ValidateDatasets(
          world.ports,
          world.storage,
          (file, bytes) -> {
            throw new AssertionError("only its bytes are summed");
          },
          Pace.ANY);

  @BeforeEach
  void summedAfterwards() {
    world.database.addPolicy(Registry.TENANT, Registry.policy(AFTERWARDS, true));
  }

  @Test
  void it_is_ready_at_once_and_nothing_changes_when_its_sum_is_right() throws Exception {
    UUID dataset = uploaded(sumOfZeros());
    Dataset ready = find(dataset);
    assertThat(ready.status()).isEqualTo(DatasetStatus.READY);
    assertThat(ready.validationStatus()).isEqualTo(ValidationStatus.PENDING);
    assertThat(events(dataset)).containsExactly("dataset.ready");

    walkOne();
    Dataset after = find(dataset);
    assertThat(after.status()).isEqualTo(DatasetStatus.READY);
    assertThat(after.readyAt()).isEqualTo(ready.readyAt());
    assertThat(after.validationStatus()).isEqualTo(ValidationStatus.PASSED);
    assertThat(results(dataset))
        .extracting(ValidationResult::validator)
        .containsExactly("stored-object");
    assertThat(events(dataset)).as("it was told already").containsExactly("dataset.ready");
    assertThat(validate.claim(10)).isEmpty();
    assertThat(
            value(world.clients.create(task(file("again", sumOfZeros()))))
                .objects()
                .getFirst()
                .instant())
        .as("the next upload of these bytes is a copy")
        .isTrue();
  }

  @Test
  void other_bytes_than_its_client_has_summed_are_rejected_afterwards() {
    UUID dataset = uploaded("5e".repeat(32));
    walkOne();

    Dataset rejected = find(dataset);
    assertThat(rejected.status()).isEqualTo(DatasetStatus.REJECTED);
    assertThat(rejected.validationStatus()).isEqualTo(ValidationStatus.FAILED);
    assertThat(rejected.readyAt()).isNull();
    assertThat(rejected.checksumSha256()).as("what the client said").isEqualTo("5e".repeat(32));
    assertThat(events(dataset)).containsExactly("dataset.ready", "dataset.rejected");
  }

  @Test
  void without_a_client_s_sum_that_of_the_worker_is_kept() throws Exception {
    UUID dataset = uploaded(null);
    walkOne();

    assertThat(find(dataset).checksumSha256()).isEqualTo(sumOfZeros());
    assertThat(find(dataset).status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void one_that_was_archived_meanwhile_stays_there_or_is_rejected() throws Exception {
    UUID right = uploaded(sumOfZeros());
    archive(right);
    walkOne();
    assertThat(find(right).status()).isEqualTo(DatasetStatus.ARCHIVED);
    assertThat(find(right).validationStatus()).isEqualTo(ValidationStatus.PASSED);

    UUID wrong = uploaded("5e".repeat(32));
    archive(wrong);
    walkOne();
    assertThat(find(wrong).status()).isEqualTo(DatasetStatus.REJECTED);
    assertThat(find(wrong).standing().archivedAt()).isNull();
  }

  private void archive(UUID dataset) {
    world.database.commit(tx -> {
      Dataset known = tx.datasets().find(Registry.TENANT, Registry.PROJECT, dataset).orElseThrow();
      tx.datasetChanges().update(known.archived(world.now()));
      return known;
    });
  }

  private void walkOne() {
    assertThat(validate.claim(10))
        .singleElement()
        .satisfies(one -> assertThat(validate.walk(one)).isEmpty());
  }

  private UUID uploaded(@Nullable String sha256) {
    UUID session =
        value(world.clients.create(task(file("run", sha256)))).objects().getFirst().sessionId();
    world.putAll(session);
    value(world.clients.complete(session));
    return world.stored(session).upload().owner().datasetId();
  }

  private static NewTask.File file(String name, @Nullable String sha256) {
    return new NewTask.File(null, name, SIZE, null, null, sha256, Map.of());
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
        .map(event -> event.type())
        .toList();
  }

  private static String sumOfZeros() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[SIZE]));
  }
}

package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sum of a whole object, from those of its parts. */
class WholeSumTest {
  private static final int MIB = 1 << 20;
  private static final Protection SUMMED =
      new Protection(
          ChecksumMode.STORAGE_NATIVE_CRC32C,
          EncryptionMode.NONE,
          null,
          ObjectLockMode.NONE,
          null,
          false);

  /** Of 6 MiB of zeros, of 2 MiB of them, and of both: as any tool sums them. */
  private static final String SIX = "fmnTvA==";

  private static final String TWO = "bN96vg==";
  private static final String BOTH = "HkU5Ug==";

  private final World world = new World();

  @BeforeEach
  void summed() {
    world.database.addPolicy(Registry.TENANT, Registry.policy(SUMMED, false));
  }

  @Test
  void it_is_in_the_receipt_beside_the_store_s_own() {
    world.storage.sumWholes(Map.of("crc32c", "AAAAAA==-2"));
    Session.Completed done = uploaded();

    Receipt.Checksums said = Receipt.of(done).checksums();
    assertThat(said.combined()).isEqualTo(Map.of("crc32c", BOTH));
    assertThat(said.storage()).isEqualTo(Map.of("crc32c", "AAAAAA==-2"));
    assertThat(dataset(done).status()).isEqualTo(DatasetStatus.READY);
    assertThat(events(done)).containsExactly("dataset.ready");
  }

  @Test
  void the_same_sum_from_the_store_changes_nothing() {
    world.storage.sumWholes(Map.of("crc32c", BOTH));

    assertThat(dataset(uploaded()).status()).isEqualTo(DatasetStatus.READY);
  }

  @Test
  void an_object_that_its_store_sums_to_something_else_is_rejected() {
    world.storage.sumWholes(Map.of("crc32c", SIX));
    Session.Completed done = uploaded();

    Dataset rejected = dataset(done);
    assertThat(rejected.status()).isEqualTo(DatasetStatus.REJECTED);
    assertThat(rejected.validationStatus()).isEqualTo(ValidationStatus.FAILED);
    assertThat(rejected.readyAt()).isNull();
    assertThat(events(done)).as("never ready").containsExactly("dataset.rejected");
  }

  private Session.Completed uploaded() {
    NewTask.File file = new NewTask.File(null, "run.bin", 8L * MIB, null, 6L * MIB, null, Map.of());
    UUID session = value(world.clients.create(task(file))).objects().getFirst().sessionId();
    String upload = world.storage.openUploads().iterator().next();
    world.storage.put(upload, 1, 6L * MIB, Map.of(ChecksumAlgorithm.CRC32C, SIX));
    world.storage.put(upload, 2, 2L * MIB, Map.of(ChecksumAlgorithm.CRC32C, TWO));
    value(world.clients.complete(session));
    return (Session.Completed) world.stored(session);
  }

  private Dataset dataset(Session.Completed done) {
    return world.dataset(Registry.PROJECT, done.upload().owner().datasetId());
  }

  private List<String> events(Session.Completed done) {
    return world.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(done.upload().owner().datasetId()))
        .map(OutboxEvent::type)
        .toList();
  }
}

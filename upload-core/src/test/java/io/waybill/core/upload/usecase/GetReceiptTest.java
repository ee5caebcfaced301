package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.app.UseCases;
import io.waybill.core.fixture.PlainReceipts;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.PartList;
import io.waybill.core.upload.Receipt;
import io.waybill.core.upload.ReceiptAnswer;
import io.waybill.core.upload.VerifiedBy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A completed upload has a receipt, which is the same whenever it is asked for. */
class GetReceiptTest {

  private static final String SUM = "ab".repeat(32);

  private final World world = new World();
  private final PlainReceipts receipts = new PlainReceipts();
  private final UploadUseCases use =
      UseCases.over(world.ports, UseCases.Settings.DEFAULT.sealing(receipts)).uploads();
  private final UUID session = world.start().sessionId();

  @Test
  void it_is_in_the_answer_of_complete_and_the_same_ever_after() {
    world.putAll(session);
    Answer.Completed completed = complete(session, null);
    world.advance(Duration.ofDays(3));

    assertThat(completed.receipt()).isNotNull();
    assertThat(receipt(session)).isEqualTo(new ReceiptAnswer(session, completed.receipt()));
    assertThat(complete(session, null)).isEqualTo(completed);
  }

  @Test
  void it_says_what_was_stored_where_and_of_what() {
    world.putAll(session);
    Answer.Completed completed = complete(session, SUM);
    receipt(session);

    Owner owner = world.stored(session).upload().owner();
    Receipt said = receipts.last();
    assertThat(said.sessionId()).isEqualTo(session);
    assertThat(said.tenantId()).isEqualTo(Registry.TENANT);
    assertThat(said.projectId()).isEqualTo(Registry.PROJECT);
    assertThat(said.datasetId()).isEqualTo(owner.datasetId());
    assertThat(said.bucket()).isEqualTo(completed.bucket());
    assertThat(said.objectKey()).isEqualTo(completed.objectKey());
    assertThat(said.sizeBytes()).isEqualTo(150 * MIB);
    assertThat(said.checksums().clientReported()).isEqualTo(Map.of("sha256", SUM));
    assertThat(said.verifiedBy()).isEqualTo(VerifiedBy.CLIENT_REPORTED);
    assertThat(said.completedAt()).isEqualTo(completed.completedAt());
  }

  @Test
  void its_part_list_is_what_storage_had_listed() {
    world.putAll(session);
    ListOutcome listed =
        world.storage.listParts(world.stored(session).upload().location(), world.uploadId(session));
    complete(session, null);
    receipt(session);

    assertThat(listed)
        .isInstanceOfSatisfying(
            ListOutcome.Parts.class,
            those ->
                assertThat(receipts.last().partListSha256())
                    .isEqualTo(PartList.sha256(those.parts())));
  }

  @Test
  void a_completion_that_was_found_later_knows_no_parts() {
    world.putAll(session);
    world.store.nextHead(real -> () -> Optional.empty());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    complete(session, null);
    receipt(session);

    assertThat(receipts.last().partListSha256()).isNull();
    assertThat(receipts.last().sizeBytes()).isEqualTo(150 * MIB);
  }

  @Test
  void a_sum_that_was_told_before_counts_also_for_the_retry_of_its_object() {
    NewTask.File file = new NewTask.File(null, null, "a", MIB, null, null, SUM, Map.of());
    UUID first = value(world.clients.create(Requests.task(file))).objects().getFirst().sessionId();
    value(world.clients.abort(first));
    UUID second = value(world.clients.retry(first, RequestKey.NONE)).sessionId();
    world.putAll(second);
    complete(second, null);
    receipt(second);

    assertThat(receipts.last().checksums().clientReported()).isEqualTo(Map.of("sha256", SUM));
  }

  @Test
  void without_a_sum_nobody_has_verified_anything() {
    world.putAll(session);
    complete(session, null);
    receipt(session);

    assertThat(receipts.last().verifiedBy()).isEqualTo(VerifiedBy.NONE);
    assertThat(receipts.last().checksums().clientReported()).isEmpty();
  }

  @Test
  void a_session_that_is_not_completed_has_none() {
    var refused = refusal(use.getReceipt().handle(Registry.robot17(), session));

    assertThat(refused.code().code()).isEqualTo("upload.invalid_state");
    assertThat(refused.details()).containsEntry("current_status", "INITIATED");
  }

  @Test
  void an_expired_one_has_none_either_and_says_that_it_is_expired() {
    world.advance(Duration.ofDays(2));
    var refused = refusal(use.getReceipt().handle(Registry.robot17(), session));

    assertThat(refused.code().code()).isEqualTo("upload.invalid_state");
    assertThat(refused.details()).containsEntry("current_status", "EXPIRED");
  }

  @Test
  void another_device_does_not_learn_that_there_is_a_session() {
    world.putAll(session);
    complete(session, null);

    assertThat(code(use.getReceipt().handle(Registry.robot18(), session)))
        .isEqualTo("upload_session.not_found");
  }

  @Test
  void where_nothing_is_sealed_it_is_null() {
    world.putAll(session);
    assertThat(value(world.clients.complete(session)).receipt()).isNull();
    assertThat(value(world.use.getReceipt().handle(Registry.robot17(), session)))
        .isEqualTo(new ReceiptAnswer(session, null));
  }

  private Answer.Completed complete(UUID id, @Nullable String sum) {
    return value(
        use.completeUpload()
            .handle(
                Registry.robot17(),
                RequestKey.NONE,
                new CompleteUpload.Request(id, Map.of(), sum)));
  }

  private ReceiptAnswer receipt(UUID id) {
    return value(use.getReceipt().handle(Registry.robot17(), id));
  }
}

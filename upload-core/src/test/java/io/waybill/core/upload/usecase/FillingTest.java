package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An object may fill a dataset that exists: one upload at a time, and never over READY data. */
class FillingTest {

  private static final RequestKey KEY = RequestKey.of("k");

  private final World world = new World();
  private final Answer.TaskObject first =
      value(world.clients.create(Requests.task(file("run.mcap", 5)))).objects().getFirst();
  private final UUID dataset = first.datasetId();

  private static NewTask into(UUID dataset) {
    return Requests.task(
        new NewTask.File(dataset, null, "again.mcap", 7, null, null, null, Map.of()));
  }

  private DatasetAnswer read() {
    return value(world.use.getDataset().handle(Registry.person(), Registry.PROJECT, dataset));
  }

  @Test
  void a_dataset_whose_upload_was_aborted_is_filled_by_another() {
    value(world.clients.abort(first.sessionId()));
    Answer.TaskObject second =
        value(world.clients.create(Registry.robot17(), KEY, into(dataset))).objects().getFirst();
    assertThat(second.datasetId()).isEqualTo(dataset);
    assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
    assertThat(read().name()).isEqualTo("run.mcap");
    assertThat(read().originalFilename()).isEqualTo("again.mcap");
    assertThat(read().fileSizeBytes()).isEqualTo(7);
    assertThat(value(world.clients.create(Registry.robot17(), KEY, into(dataset))).objects())
        .containsExactly(second);
  }

  @Test
  void one_open_upload_at_a_time() {
    assertThat(refusal(world.clients.create(into(dataset))).details())
        .containsEntry("dataset_id", dataset.toString())
        .containsEntry("current_status", "UPLOAD_PENDING");
    assertThat(code(world.clients.create(into(dataset)))).isEqualTo("dataset.upload_in_progress");
    value(world.clients.presign(first.sessionId(), 1));
    value(world.clients.pause(first.sessionId()));
    assertThat(code(world.clients.create(into(dataset)))).isEqualTo("dataset.upload_in_progress");
  }

  @Test
  void ready_data_is_never_overwritten() {
    value(world.clients.presign(first.sessionId(), 1));
    world.storage.openUploads().forEach(upload -> world.storage.put(upload, 1, 5));
    value(world.clients.complete(first.sessionId()));
    assertThat(code(world.clients.create(into(dataset)))).isEqualTo("dataset.not_replaceable");
  }

  @Test
  void an_unknown_one_and_one_of_another_device_are_not_found() {
    value(world.clients.abort(first.sessionId()));
    assertThat(code(world.clients.create(into(UUID.randomUUID())))).isEqualTo("dataset.not_found");
    assertThat(code(world.clients.create(Registry.robot18(), RequestKey.NONE, into(dataset))))
        .isEqualTo("dataset.not_found");
    value(world.clients.create(Registry.person(), RequestKey.NONE, into(dataset)));
  }

  @Test
  void an_upload_that_was_overtaken_can_neither_be_retried_nor_extended() {
    world.advance(Duration.ofHours(25));
    value(world.clients.create(into(dataset)));
    assertThat(code(world.clients.extend(first.sessionId(), 3600)))
        .isEqualTo("dataset.upload_in_progress");
    assertThat(code(world.clients.retry(first.sessionId(), KEY)))
        .isEqualTo("dataset.upload_in_progress");
    world.redriveAll();
    assertThat(world.status(first.sessionId())).isEqualTo(SessionStatus.EXPIRED);
  }

  @Test
  void a_name_beside_the_id_and_the_same_id_twice_are_refused() {
    NewTask.File named = new NewTask.File(dataset, "n", "a", 7, null, null, null, Map.of());
    assertThat(refusal(world.clients.create(Requests.task(named, named))).details())
        .extractingByKey("errors")
        .asString()
        .contains("objects[0].dataset_name", "objects[1].dataset_name", "objects[1].dataset_id");
  }
}

package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Registry.PROJECT;
import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A task begins: rows first, then storage, then the upload ids. */
class CreateUploadTaskTest {

  private final World world = new World();

  @Test
  void a_task_of_two_files_gets_two_datasets_sessions_and_multipart_uploads() {
    Answer.Task answer =
        value(world.clients.create(task(file("a.mcap", 150 * MIB), file("b.mcap", MIB))));

    assertThat(answer.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(answer.objectCount()).isEqualTo(2);
    assertThat(answer.totalSizeBytes()).isEqualTo(151 * MIB);
    Answer.TaskObject first = answer.objects().getFirst();
    assertThat(first.status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(first.partCount()).isEqualTo(3);
    assertThat(first.partSizeBytes()).isEqualTo(64 * MIB);
    assertThat(first.bucket()).isEqualTo("robot-data");
    assertThat(first.objectKey())
        .startsWith("tenants/" + Registry.TENANT + "/projects/" + PROJECT + "/datasets/")
        .endsWith("/2026/03/14/" + first.sessionId() + "/a.mcap");
    assertThat(first.expiresAt()).isEqualTo(world.now().plus(Duration.ofHours(24)));
    assertThat(first.expiresInSeconds()).isEqualTo(86_400);
    assertThat(first.lastError()).isNull();
    assertThat(first.presigned()).isNull();
    assertThat(world.status(first.sessionId())).isEqualTo(SessionStatus.INITIATED);
    assertThat(world.storage.openUploads()).hasSize(2);
    assertThat(first.datasetId()).isNotEqualTo(answer.objects().getLast().datasetId());
  }

  @Test
  void a_device_code_is_kept_and_gives_no_device_a_right() {
    NewTask request =
        new NewTask(
            PROJECT, null, "api", null, "robot-17", null, List.of(file("f", 1)), Map.of(), null);
    Answer.Task answer = value(world.clients.create(Registry.person(), RequestKey.NONE, request));
    UUID sessionId = answer.objects().getFirst().sessionId();
    assertThat(world.stored(sessionId).upload().owner().sourceDeviceId()).isNull();
    assertThat(code(world.clients.presign(sessionId, 1))).isEqualTo("upload_session.not_found");
    assertThat(taskOf(answer).sourceDeviceCode()).isEqualTo("robot-17");
  }

  @Test
  void any_code_may_stand_beside_the_device_that_sends() {
    NewTask request =
        new NewTask(
            PROJECT,
            null,
            "api",
            Registry.ROBOT_17,
            "Halle 3, Presse",
            null,
            List.of(file("f", 1)),
            Map.of(),
            null);
    Answer.Task answer = value(world.clients.create(request));
    assertThat(taskOf(answer))
        .returns(Registry.ROBOT_17, task -> task.sourceDeviceId())
        .returns("Halle 3, Presse", task -> task.sourceDeviceCode());
  }

  @Test
  void a_file_in_a_folder_keeps_its_folders_and_is_called_by_its_last_segment() {
    Answer.TaskObject object =
        value(world.clients.create(task(file("run 42/Über/front.mcap", 1)))).objects().getFirst();

    assertThat(object.objectName()).isEqualTo("run 42/Über/front.mcap");
    assertThat(value(world.clients.get(object.sessionId())).originalFilename())
        .isEqualTo("front.mcap");
  }

  @Test
  void a_device_is_the_source_of_what_it_creates_and_may_name_itself_alone() {
    Caller robot = Registry.robot17();
    Answer.Task unnamed = value(world.clients.create(task(file("f", 1))));
    assertThat(world.stored(unnamed.objects().getFirst().sessionId()).upload().owner())
        .returns(Registry.ROBOT_17, owner -> owner.sourceDeviceId());
    value(world.clients.create(robot, RequestKey.NONE, from(Registry.ROBOT_17)));
    assertThat(code(world.clients.create(robot, RequestKey.NONE, from(Registry.ROBOT_18))))
        .isEqualTo("device.identity_mismatch");
    assertThat(
            code(
                world.clients.create(
                    Registry.http(robot.identity()), RequestKey.NONE, from(Registry.ROBOT_18))))
        .isEqualTo("device.identity_mismatch");
  }

  private static NewTask from(UUID deviceId) {
    return Requests.in(PROJECT, deviceId, null, file("f", 1));
  }

  @Test
  void a_device_that_the_registry_has_lost_since_it_was_identified_sends_nothing() {
    Caller ghost = Registry.mqtt(Registry.robot(new UUID(7, 7), "ghost"));
    assertThat(code(world.clients.create(ghost, RequestKey.NONE, task(file("a", 1)))))
        .isEqualTo("device.inactive");
  }

  @Test
  void an_inactive_source_device_sends_nothing() {
    world.database.addDevice(
        "18", Registry.standing(Registry.robot18().identity(), Standing.INACTIVE));
    assertThat(
            code(world.clients.create(Registry.person(), RequestKey.NONE, from(Registry.ROBOT_18))))
        .isEqualTo("device.inactive");
  }

  @Test
  void who_may_look_but_not_upload_is_told_so_and_who_may_not_look_sees_no_project() {
    NewTask request = task(file("f", 1));
    Refusal denied = refusal(world.clients.create(Registry.viewer(), RequestKey.NONE, request));
    assertThat(denied.code().code()).isEqualTo("auth.permission_denied");
    assertThat(denied.details()).containsEntry("permission", "upload.create");
    assertThat(code(world.clients.create(Registry.stranger(), RequestKey.NONE, request)))
        .isEqualTo("project.not_found");
    assertThat(code(world.clients.create(Registry.foreigner(), RequestKey.NONE, request)))
        .isEqualTo("project.not_found");
    NewTask elsewhere = Requests.in(Registry.OTHER_PROJECT, null, null, file("f", 1));
    assertThat(code(world.clients.create(Registry.person(), RequestKey.NONE, elsewhere)))
        .isEqualTo("project.not_found");
    assertThat(code(world.clients.create(Registry.viewer(), RequestKey.NONE, elsewhere)))
        .isEqualTo("project.not_found");
  }

  @Test
  void an_archived_project_takes_no_uploads() {
    NewTask request = Requests.in(Registry.ARCHIVED_PROJECT, null, null, file("f", 1));
    assertThat(code(world.clients.create(Registry.person(), RequestKey.NONE, request)))
        .isEqualTo("project.inactive");
  }

  @Test
  void urls_of_the_first_parts_come_in_the_same_answer_and_start_the_upload() {
    NewTask.Presign two = new NewTask.Presign(2, null, false);
    Answer.Task answer = value(world.clients.create(task(two, file("a", 150 * MIB), file("b", 1))));
    PresignAnswer.Full urls = (PresignAnswer.Full) presigned(answer, 0);
    assertThat(urls.parts()).extracting(PresignAnswer.Part::partNumber).containsExactly(1, 2);
    assertThat(urls.nextPartNumber()).isEqualTo(3);
    assertThat(urls.expiresInSeconds()).isEqualTo(900);
    PresignAnswer.Full small = (PresignAnswer.Full) presigned(answer, 1);
    assertThat(small.parts()).hasSize(1);
    assertThat(small.nextPartNumber()).isNull();
    UUID sessionId = answer.objects().getFirst().sessionId();
    assertThat(world.status(sessionId)).isEqualTo(SessionStatus.UPLOADING);
    assertThat(answer.status()).isEqualTo(TaskStatus.PROCESSING);
    assertThat(world.timeline(sessionId))
        .containsExactly(
            "upload.task_created", "upload.initiated", "upload.started", "upload.presign_issued");
  }

  private static PresignAnswer presigned(Answer.Task answer, int object) {
    PresignAnswer urls = answer.objects().get(object).presigned();
    if (urls == null) {
      throw new AssertionError("no URLs");
    }
    return urls;
  }

  @Test
  void an_answer_that_would_be_too_large_drops_its_urls_first() {
    NewTask request = task(new NewTask.Presign(3, null, false), file("a", 150 * MIB));
    AnswerLimit noUrls =
        new AnswerLimit(100, answer -> presignedIn((Answer.Task) answer) ? 5_000 : 90);
    Answer.Task answer =
        value(
            world
                .use
                .createUploadTask()
                .handle(Registry.robot17(), RequestKey.NONE, request, noUrls));
    assertThat(answer.objects().getFirst().presigned()).isNull();
    assertThat(world.status(answer.objects().getFirst().sessionId()))
        .isEqualTo(SessionStatus.INITIATED);
  }

  private static boolean presignedIn(Answer.Task answer) {
    return answer.objects().getFirst().presigned() != null;
  }

  @Test
  void an_answer_that_cannot_be_made_small_enough_is_refused_before_any_effect() {
    AnswerLimit tiny = new AnswerLimit(100, answer -> 101);
    Refusal refusal =
        refusal(
            world
                .use
                .createUploadTask()
                .handle(Registry.robot17(), RequestKey.of("k"), task(file("a", 1)), tiny));
    assertThat(refusal.code().code()).isEqualTo("mqtt.response_too_large");
    assertThat(refusal.details()).containsEntry("needed_bytes", 101L);
    assertThat(world.store.calls()).isEmpty();
    assertThat(world.database.facts().timeline(LifecycleEvent.class)).isEmpty();
    value(world.clients.create(Registry.robot17(), RequestKey.of("k"), task(file("other", 1))));
  }

  private io.waybill.core.upload.UploadTask taskOf(Answer.Task answer) {
    return world
        .database
        .read(tx -> tx.tasks().find(Registry.TENANT, PROJECT, answer.taskId()))
        .orElseThrow()
        .task();
  }
}

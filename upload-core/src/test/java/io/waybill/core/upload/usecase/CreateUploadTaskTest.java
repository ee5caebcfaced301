package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Registry.PROJECT;
import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A task begins: rows first, then storage, then the upload ids. */
class CreateUploadTaskTest {

  private static final CreateOutcome NO =
      new CreateOutcome.Refused("KeyTooLongError", "the key is too long");
  private static final CreateOutcome NO_ANSWER =
      new CreateOutcome.Unavailable(FaultyStore.outage());

  private final World world = new World();

  private static CreateOutcome created(String uploadId) {
    return new CreateOutcome.Created(uploadId);
  }

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
  void every_broken_rule_is_told_at_once() {
    NewTask.File bad =
        new NewTask.File(
            "d".repeat(256), " ", 0, "nonsense", 1L, "XYZ", Map.of("db_password", "hunter2"));
    NewTask request =
        new NewTask(
            PROJECT,
            "a\nb",
            "robot",
            Registry.ROBOT_17,
            "c".repeat(129),
            null,
            List.of(bad, file("fine", 1)),
            Map.of("x".repeat(65), 1),
            new NewTask.Presign(51, 59, false));

    assertThat(fieldsOf(refusal(world.clients.create(request))))
        .containsExactlyInAnyOrder(
            "task_initiator request.unknown_value",
            "source_device_code request.field_too_long",
            "task_name request.control_character",
            "metadata metadata.bad_key",
            "presign.first upload.too_many_parts",
            "presign.expires_in_seconds upload.url_life_out_of_range",
            "objects[0].file_size_bytes upload.empty_file",
            "objects[0].part_size_bytes upload.part_size_too_small",
            "objects[0].dataset_name request.field_too_long",
            "objects[0].object_name request.field_required",
            "objects[0].checksum_sha256 upload.bad_checksum",
            "objects[0].content_type upload.bad_content_type",
            "objects[0].metadata.db_password metadata.secret_key");
    assertThat(world.store.calls()).isEmpty();
  }

  @Test
  void a_dataset_is_named_or_left_to_the_file_s_name() {
    NewTask.File nameless = new NewTask.File("", "a.mcap", 1, null, null, null, Map.of());
    assertThat(fieldsOf(refusal(world.clients.create(task(nameless)))))
        .containsExactly("objects[0].dataset_name request.field_required");
  }

  private static List<String> fieldsOf(Refusal refusal) {
    assertThat(refusal.code().code()).isEqualTo("request.validation_failed");
    List<?> errors = (List<?>) refusal.details().getOrDefault("errors", List.of());
    return errors.stream()
        .map(FieldError.class::cast)
        .map(error -> error.field() + " " + error.code())
        .toList();
  }

  @Test
  void a_task_holds_one_to_a_hundred_files() {
    assertThat(fieldsOf(refusal(world.clients.create(task()))))
        .containsExactly("objects upload.object_count");
    NewTask.File[] many = Collections.nCopies(101, file("f", 1)).toArray(NewTask.File[]::new);
    assertThat(fieldsOf(refusal(world.clients.create(task(many)))))
        .containsExactly("objects upload.object_count");
    NewTask.File[] full = Collections.nCopies(100, file("f", 1)).toArray(NewTask.File[]::new);
    assertThat(value(world.clients.create(task(full))).objectCount()).isEqualTo(100);
  }

  @Test
  void metadata_is_small_and_holds_no_secrets_however_deep() {
    assertThat(metadata(Map.of("a", "x".repeat(16 * 1024))))
        .containsExactly("metadata metadata.too_large");
    assertThat(metadata(Map.of("a", List.of(Map.of("b", Map.of("api_key", 1))))))
        .containsExactly("metadata.a.b.api_key metadata.secret_key");
    assertThat(metadata(Map.of("accessToken", 1)))
        .containsExactly("metadata.accessToken metadata.secret_key");
  }

  @Test
  void a_null_deep_in_metadata_is_a_value_like_any_other() {
    NewTask request = withMetadata(Map.of("a", Collections.singletonMap("b", null)));
    value(world.clients.create(Registry.robot17(), RequestKey.of("k"), request));
  }

  private List<String> metadata(Map<String, Object> metadata) {
    return fieldsOf(refusal(world.clients.create(withMetadata(metadata))));
  }

  private static NewTask withMetadata(Map<String, Object> metadata) {
    return new NewTask(
        PROJECT, null, "api", null, null, null, List.of(file("f", 1)), metadata, null);
  }

  @Test
  void a_policy_s_content_types_are_all_that_pass() {
    NewTask.File text = new NewTask.File(null, "a.txt", 1, "text/plain", null, null, Map.of());
    assertThat(fieldsOf(refusal(world.clients.create(task(text)))))
        .containsExactly("objects[0].content_type upload.content_type_not_allowed");
    NewTask.File video = new NewTask.File(null, "a.mp4", 1, "video/mp4", null, null, Map.of());
    value(world.clients.create(task(video)));
  }

  @Test
  void a_policy_or_device_that_is_not_there_is_a_field_error() {
    NewTask request =
        new NewTask(
            PROJECT,
            null,
            "api",
            new UUID(0, 99),
            "robot-99",
            Registry.OTHER_POLICY,
            List.of(file("f", 1)),
            Map.of(),
            null);
    assertThat(fieldsOf(refusal(world.clients.create(Registry.person(), RequestKey.NONE, request))))
        .containsExactlyInAnyOrder(
            "source_device_id device.not_found", "storage_policy_id storage_policy.not_found");
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
  void a_name_that_would_be_saved_elsewhere_or_read_as_another_is_refused() {
    for (String name : List.of("../../etc/passwd", "C:\\data\\run.bag", "..", "a\u202egnp.exe")) {
      assertThat(fieldsOf(refusal(world.clients.create(task(file(name, 1))))))
          .as(name)
          .containsExactly("objects[0].object_name upload.bad_object_name");
    }
  }

  @Test
  void metadata_that_holds_a_secret_is_refused_and_a_plain_link_is_not() {
    for (String secret :
        List.of(
            "https://s3.example/b/k?X-Amz-Signature=abc",
            "https://user:pass@host/",
            "Bearer abcdefgh12345678",
            "-----BEGIN PRIVATE KEY-----")) {
      NewTask.File file =
          new NewTask.File(null, "f", 1, null, null, null, Map.of("note", List.of(secret)));
      assertThat(fieldsOf(refusal(world.clients.create(task(file)))))
          .containsExactly("objects[0].metadata.note metadata.secret_value");
    }
    NewTask.File fine =
        new NewTask.File(
            null, "f", 1, null, null, null, Map.of("ticket", "https://wiki.example/run?id=42"));
    value(world.clients.create(task(fine)));
  }

  @Test
  void a_checksum_is_taken_in_either_case_and_any_part_size_of_five_mebibytes_and_more() {
    NewTask.File file =
        new NewTask.File(null, "f", 11 * MIB, null, 5 * MIB + 1, "AB".repeat(32), Map.of());
    Answer.TaskObject object = value(world.clients.create(task(file))).objects().getFirst();

    assertThat(object.partSizeBytes()).isEqualTo(5 * MIB + 1);
    assertThat(object.partCount()).isEqualTo(3);
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

  private static Limits limits(int tenant, int device, int tasks) {
    return Limits.standard().with(new Limits.Openings(tenant, device, tasks));
  }

  @Test
  void open_uploads_are_bounded_by_tenant_device_and_project() {
    assertThat(scopeOfThird(new World(limits(2, 9, 9)))).isEqualTo("tenant");
    assertThat(scopeOfThird(new World(limits(9, 2, 9)))).isEqualTo("device");
    assertThat(scopeOfThird(new World(limits(9, 9, 2)))).isEqualTo("project");
  }

  private static Object scopeOfThird(World small) {
    small.start();
    small.start();
    Refusal refusal = refusal(small.clients.create(task(file("f", 1))));
    assertThat(refusal.code().code()).isEqualTo("quota.open_uploads_exceeded");
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(small.storage.openUploads()).hasSize(2);
    return refusal.details().getOrDefault("scope", "none");
  }

  @Test
  void a_device_s_bound_does_not_bind_uploads_without_a_device() {
    World small = new World(limits(9, 1, 9));
    value(
        small.clients.create(Registry.person(), RequestKey.NONE, task(file("a", 1), file("b", 1))));
  }

  @Test
  void finished_and_expired_uploads_make_room() {
    World small = new World(limits(1, 9, 9));
    Answer.TaskObject first = small.start();
    assertThat(code(small.clients.create(task(file("f", 1)))))
        .isEqualTo("quota.open_uploads_exceeded");
    value(small.clients.abort(first.sessionId()));
    small.start();
    small.advance(Duration.ofHours(24));
    small.start();
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

  @Test
  void storage_that_does_not_answer_is_503_and_the_same_key_goes_on_with_the_same_task() {
    NewTask request = task(file("a", MIB), file("b", MIB));
    world.store.nextCreateAnswers(created("kept"), NO_ANSWER);
    Refusal refusal =
        refusal(world.clients.create(Registry.robot17(), RequestKey.of("k"), request));
    assertThat(refusal.code().code()).isEqualTo("storage.unavailable");
    assertThat(refusal.retryAfterSeconds()).isPositive();

    Answer.Task answer =
        value(world.clients.create(Registry.robot17(), RequestKey.of("k"), request));

    assertThat(world.uploadId(answer.objects().getFirst().sessionId())).isEqualTo("kept");
    assertThat(world.storage.openUploads()).hasSize(1);
    assertThat(tasks()).isEqualTo(1);
    assertThat(world.timeline(answer.objects().getLast().sessionId()))
        .containsExactly("upload.task_created", "upload.initiated");
  }

  private long tasks() {
    return world.database.facts().timeline(LifecycleEvent.class).stream()
        .filter(event -> event.type().code().equals("upload.task_created"))
        .map(event -> event.owner().taskId())
        .distinct()
        .count();
  }

  @Test
  void a_worker_finishes_what_storage_left_unanswered() {
    world.store.nextCreateAnswers(NO_ANSWER);
    assertThat(code(world.clients.create(task(file("a", MIB))))).isEqualTo("storage.unavailable");
    UUID sessionId = world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
    assertThat(world.use.redrive().handle(10).claimed()).isZero();

    world.advance(Duration.ofSeconds(30));
    world.redriveAll();

    assertThat(world.status(sessionId)).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_file_that_storage_refuses_fails_and_says_why_while_the_others_go_on() {
    world.store.nextCreateAnswers(created("good"), NO);
    Answer.Task answer = value(world.clients.create(task(file("a", MIB), file("b", MIB))));
    Answer.TaskObject failed = answer.objects().getLast();
    assertThat(failed.status()).isEqualTo(ObjectStatus.FAILED);
    assertThat(failed.lastError())
        .isNotNull()
        .returns("storage.refused", error -> error.code())
        .returns("storage said KeyTooLongError: the key is too long", error -> error.message());
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(answer.status()).isEqualTo(TaskStatus.PROCESSING);
  }

  @Test
  void all_files_refused_is_storage_refused_and_the_key_is_free() {
    world.store.nextCreateAnswers(NO);
    RequestKey requestKey = RequestKey.of("k");
    Refusal refusal =
        refusal(world.clients.create(Registry.robot17(), requestKey, task(file("a", MIB))));
    assertThat(refusal.code().code()).isEqualTo("storage.refused");
    assertThat(refusal.details()).containsKey("task_id");

    value(world.clients.create(Registry.robot17(), requestKey, task(file("another", MIB))));
  }

  @Test
  void who_loses_the_race_for_a_session_aborts_the_upload_it_made() {
    world.store.nextCreate(FaultyStore.meanwhile(this::workerComesFirst));
    Answer.Task answer = value(world.clients.create(task(file("a", MIB))));
    UUID sessionId = answer.objects().getFirst().sessionId();
    assertThat(world.storage.openUploads()).containsExactly(world.uploadId(sessionId));
    assertThat(world.store.calls()).containsExactly("create", "create", "abort");
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.PENDING);
  }

  private void workerComesFirst() {
    world.advance(Duration.ofSeconds(31));
    world.redriveAll();
  }

  @Test
  void a_late_refusal_does_not_free_the_key_of_a_task_that_a_worker_has_opened() {
    world.store.nextCreate(real ->
        () -> {
          workerComesFirst();
          return List.of(NO);
        });
    RequestKey requestKey = RequestKey.of("k");
    NewTask request = task(new NewTask.Presign(1, null, false), file("a", MIB));
    Answer.Task first = value(world.clients.create(Registry.robot17(), requestKey, request));
    Answer.Task again = value(world.clients.create(Registry.robot17(), requestKey, request));
    assertThat(again.taskId()).isEqualTo(first.taskId());
    assertThat(world.stored(first.objects().getFirst().sessionId()))
        .isInstanceOf(Session.Uploading.class);
    assertThat(tasks()).isEqualTo(1);
  }

  @Test
  void an_abort_in_between_leaves_no_upload_behind() {
    world.store.nextCreate(
        FaultyStore.afterwards(() -> {
          UUID sessionId =
              world.database.facts().timeline(LifecycleEvent.class).getFirst().sessionId();
          value(world.clients.abort(sessionId));
        }));
    Answer.Task answer = value(world.clients.create(task(file("a", MIB))));
    assertThat(answer.objects().getFirst().status()).isEqualTo(ObjectStatus.CANCELLED);
    assertThat(world.storage.openUploads()).isEmpty();
  }

  private io.waybill.core.upload.UploadTask taskOf(Answer.Task answer) {
    return world
        .database
        .read(tx -> tx.tasks().find(Registry.TENANT, PROJECT, answer.taskId()))
        .orElseThrow()
        .task();
  }
}

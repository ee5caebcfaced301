package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Registry.PROJECT;
import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.fieldErrors;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a new task may ask for; all that is wrong with it is told at once. */
class NewTaskRulesTest {

  private final World world = new World();

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

    assertThat(fieldsOf(world.clients.create(request)))
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
    assertThat(fieldsOf(world.clients.create(task(nameless))))
        .containsExactly("objects[0].dataset_name request.field_required");
  }

  private static List<String> fieldsOf(Verdict<?> verdict) {
    return fieldErrors(verdict).stream().map(error -> error.field() + " " + error.code()).toList();
  }

  @Test
  void a_task_holds_one_to_a_hundred_files() {
    assertThat(fieldsOf(world.clients.create(task())))
        .containsExactly("objects upload.object_count");
    NewTask.File[] many = Collections.nCopies(101, file("f", 1)).toArray(NewTask.File[]::new);
    assertThat(fieldsOf(world.clients.create(task(many))))
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
    return fieldsOf(world.clients.create(withMetadata(metadata)));
  }

  private static NewTask withMetadata(Map<String, Object> metadata) {
    return new NewTask(
        PROJECT, null, "api", null, null, null, List.of(file("f", 1)), metadata, null);
  }

  @Test
  void a_policy_s_content_types_are_all_that_pass() {
    NewTask.File text = new NewTask.File(null, "a.txt", 1, "text/plain", null, null, Map.of());
    assertThat(fieldsOf(world.clients.create(task(text))))
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
    assertThat(fieldsOf(world.clients.create(Registry.person(), RequestKey.NONE, request)))
        .containsExactlyInAnyOrder(
            "source_device_id device.not_found", "storage_policy_id storage_policy.not_found");
  }

  @Test
  void a_name_that_would_be_saved_elsewhere_or_read_as_another_is_refused() {
    for (String name : List.of("../../etc/passwd", "C:\\data\\run.bag", "..", "a\u202egnp.exe")) {
      assertThat(fieldsOf(world.clients.create(task(file(name, 1)))))
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
            "-----BEGIN PRIVATE KEY-----",
            "wb_" + "a".repeat(43),
            "wbd_" + "a".repeat(43))) {
      NewTask.File file =
          new NewTask.File(null, "f", 1, null, null, null, Map.of("note", List.of(secret)));
      assertThat(fieldsOf(world.clients.create(task(file))))
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
}

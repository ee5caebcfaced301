package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.device.DeviceEvent;
import io.waybill.core.event.EventType;
import io.waybill.core.event.Facts;
import io.waybill.core.event.TimelineEvent;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.usecase.CreateUploadTask;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.testkit.contract.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statements, settings and remembered answers, without a database. */
class SmallPartsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.000001Z");

  @Test
  void named_parameters_become_places_and_casts_and_quoted_text_stay() {
    Sql sql = Sql.of("t", "select ':no', :a::uuid, x where y = :b_1 and z = :a");
    assertThat(sql.text()).isEqualTo("select ':no', ?::uuid, x where y = ? and z = ?");
    assertThat(sql.with("a", 1).with("b_1", null).inOrder())
        .isEqualTo(java.util.Arrays.asList(1, null, 1));
  }

  @Test
  void a_statement_names_the_parameter_that_it_lacks() {
    assertThatThrownBy(() -> Sql.of("some.name", "select :a, :b").with("a", 1).inOrder())
        .hasMessage("some.name lacks :b");
  }

  @Test
  void a_kind_of_event_without_a_table_is_not_lost_without_a_word() {
    TimelineEvent unknown =
        new TimelineEvent() {
          @Override
          public EventType type() {
            return DeviceEvent.ONLINE;
          }

          @Override
          public TimelineEvent with(String detail, Object value) {
            return this;
          }
        };

    assertThatThrownBy(() -> FactRows.of(Facts.of(unknown)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no table keeps");
  }

  @Test
  void what_an_older_version_has_remembered_is_read() {
    String object =
        """
        {"object_id": "0190a000-0000-7000-8000-000000000001", "dataset_id": "0190a000-0000-7000-8000-000000000002",
         "session_id": "0190a000-0000-7000-8000-000000000003", "status": "PENDING", "object_name": "a", "bucket": "b",
         "object_key": "k", "file_size_bytes": 1, "part_size_bytes": 1, "part_count": 1, "checksum_algorithm": null,
         "expires_at": "2026-11-23T08:00:00Z", "expires_in_seconds": 1, "last_error": null, "presigned": null}
        """;
    assertThat(Json.read(object, Answer.TaskObject.class).instant()).isFalse();
    String completed =
        """
        {"session_id": "0190a000-0000-7000-8000-000000000003", "status": "COMPLETED", "bucket": "b", "object_key": "k",
         "object_size_bytes": 1, "etag": "e", "completed_at": "2026-11-23T08:00:00Z", "warnings": []}
        """;
    assertThat(Json.read(completed, Answer.Completed.class).receipt()).isNull();
  }

  @Test
  void urls_are_left_out_of_remembered_answers() {
    PresignAnswer urls =
        new PresignAnswer.Full(
            Ids.next(),
            "PUT",
            NOW,
            900,
            List.of(
                new PresignAnswer.Part(
                    1, "http://127.0.0.1/?X-Amz-Signature=secret", 1, 0, 1, Map.of())),
            null);
    Answer.TaskObject object =
        new Answer.TaskObject(
            Ids.next(),
            Ids.next(),
            Ids.next(),
            ObjectStatus.PENDING,
            /* instant= */ false,
            "a",
            "b",
            "k",
            1,
            1,
            1,
            ChecksumAlgorithm.CRC32C,
            NOW,
            86_400,
            null,
            urls);
    Answer.Task task =
        new Answer.Task(Ids.next(), Ids.next(), TaskStatus.PENDING, 1, 1, NOW, List.of(object));

    String json = Json.write(CreateUploadTask.REMEMBERED.kept().apply(task));

    assertThat(json).doesNotContain("secret").doesNotContain("http");
    assertThat(Json.read(json, Answer.Task.class))
        .isEqualTo(task.withObjects(List.of(object.withPresigned(null))));
    assertThat(Json.write(RetryObject.REMEMBERED.kept().apply(object))).doesNotContain("secret");
  }

  @Test
  void settings_are_checked_and_never_show_the_password() {
    PostgresSettings settings =
        PostgresSettings.at("jdbc:postgresql://127.0.0.1/x", "me", "hunter2");
    assertThat(settings.toString()).doesNotContain("hunter2");
    assertThat(settings.poolSize()).isEqualTo(Runtime.getRuntime().availableProcessors() * 2 + 1);
    assertThatThrownBy(() -> settings.withPoolSize(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PostgresSettings.at("jdbc:mysql://x", "me", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

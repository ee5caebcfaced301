package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LsTest extends DownloadStage {

  private static final String TASKS = "/v1/projects/" + PROJECT + "/upload-tasks";
  private static final UUID TASK = UUID.fromString("0190a000-0000-7000-8000-0000000000aa");

  private static Map<String, Object> task(int number) {
    return Map.of(
        "task_id",
        new UUID(0, number).toString(),
        "task_name",
        "run-" + number,
        "status",
        "PROCESSING",
        "object_count",
        3,
        "total_size_bytes",
        2048,
        "uploaded_size_bytes",
        1024,
        "created_at",
        "2026-11-29T10:00:00Z");
  }

  private void pages(int limit, String... cursors) {
    for (int page = 0; page < cursors.length; page++) {
      List<Object> rows = new ArrayList<>();
      for (int n = 0; n < limit; n++) {
        rows.add(task(page * limit + n));
      }
      Map<String, Object> answer = new HashMap<>();
      answer.put("upload_tasks", rows);
      answer.put("next_cursor", page + 1 == cursors.length ? null : cursors[page + 1]);
      String cursor = cursors[page].isEmpty() ? "" : "&cursor=" + cursors[page].replace("=", "%3D");
      library.answer(TASKS + "?limit=" + limit + cursor, answer);
    }
  }

  @Test
  void tasks_of_the_project_are_one_line_each_through_all_pages() {
    pages(10, "", "a=", "b");

    assertThat(agent("ls")).as(this::said).isZero();

    assertThat(printed().lines()).hasSize(30);
    assertThat(printed().lines().toList().get(17))
        .isEqualTo(
            new UUID(0, 17)
                + "  PROCESSING   50 %    2.0 KiB    3 files  2026-11-29T10:00:00Z  run-17");
  }

  @Test
  void a_limit_asks_for_no_more_than_it_needs() {
    pages(3, "", "a");

    assertThat(agent("ls", "--limit", "3", "--json")).as(this::said).isZero();

    assertThat(library.asked()).hasSize(1);
    assertThat(json().get("upload_tasks")).hasSize(3);
    assertThat(json().get("complete").booleanValue()).isFalse();
  }

  @Test
  void json_is_one_document_with_the_fields_of_the_api() {
    pages(10, "", "a");

    assertThat(agent("ls", "--json")).as(this::said).isZero();

    assertThat(json().get("upload_tasks")).hasSize(20);
    assertThat(json().get("upload_tasks").get(19).get("task_name").stringValue())
        .isEqualTo("run-19");
    assertThat(json().get("complete").booleanValue()).isTrue();
  }

  @Test
  void a_task_lists_its_files() {
    library.answer(
        TASKS + "/" + TASK,
        Map.of(
            "task_id",
            TASK.toString(),
            "objects",
            List.of(
                Map.of(
                    "dataset_id",
                    TASK.toString(),
                    "status",
                    "COMPLETED",
                    "object_name",
                    "a\u001b[2J.mcap",
                    "file_size_bytes",
                    10,
                    "uploaded_size_bytes",
                    10))));

    assertThat(agent("ls", TASK.toString())).as(this::said).isZero();

    assertThat(printed()).contains("COMPLETED", "100 %", "a\\x1b[2J.mcap").doesNotContain("\u001b");
  }

  @Test
  void a_project_can_be_named_and_its_datasets_asked_for() {
    library.answer("/v1/projects/" + TASK, Map.of("project_id", TASK.toString()));
    library.answer(
        "/v1/projects/" + TASK + "/datasets?limit=20",
        Map.of(
            "datasets",
            List.of(
                Map.of(
                    "dataset_id", TASK.toString(),
                    "status", "READY",
                    "name", "front",
                    "file_size_bytes", 5,
                    "created_at", "2026-11-29T10:00:00Z"))));

    assertThat(agent("ls", TASK.toString(), "--datasets")).as(this::said).isZero();

    assertThat(printed()).contains("READY", "5 B", "front");
  }

  @Test
  void a_refusal_is_exit_4_and_nobody_there_is_exit_3() {
    assertThat(agent("ls")).isEqualTo(4);
    assertThat(said()).contains("not_found");
    assertThat(agent("ls", "--json", "--projects")).isEqualTo(4);
    assertThat(json().get("complete").booleanValue()).isFalse();
    assertThat(agent("ls", "--projects", "--datasets")).isEqualTo(2);
    library.close();
    assertThat(agent("ls")).isEqualTo(3);
  }
}

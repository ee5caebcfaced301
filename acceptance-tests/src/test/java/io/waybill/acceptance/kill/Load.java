package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Devices that ask without a pause, several requests of each under way. A round creates a task,
 * asks for it, asks for a URL, creates it once more under the same key, and aborts it.
 */
final class Load {
  private static final int AT_ONCE = 4;
  private static final int ANSWERS_PER_ROUND = 5;

  private final String name;
  private final int rounds;
  private final List<CompletableFuture<Void>> workers = new ArrayList<>();
  private final AtomicInteger answers = new AtomicInteger();

  private Load(String name, int rounds) {
    this.name = name;
    this.rounds = rounds;
  }

  /** Starts it; every task's name begins with the load's. */
  static Load start(String name, List<Device> devices, int rounds) {
    Load load = new Load(name, rounds);
    for (int worker = 0; worker < devices.size() * AT_ONCE; worker++) {
      Device device = devices.get(worker % devices.size());
      String tasks = name + "-" + worker + "-";
      load.workers.add(
          CompletableFuture.runAsync(
              () -> load.work(device, tasks), task -> Thread.ofVirtual().start(task)));
    }
    return load;
  }

  /** How many tasks it creates. */
  int tasks() {
    return workers.size() * rounds;
  }

  String name() {
    return name;
  }

  /** Waits until a third of it is answered: the rest is still to come. */
  void awaitMiddle() {
    int all = tasks() * ANSWERS_PER_ROUND;
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> answers.get() >= all / 3);
    assertThat(answers.get()).as("answers until now").isLessThan(all);
  }

  /** Waits until everything is answered; fails with the first answer that was wrong. */
  void join() {
    workers.forEach(CompletableFuture::join);
  }

  private void work(Device device, String tasks) {
    for (int round = 0; round < rounds; round++) {
      String task = tasks + round;
      JsonNode created = create(device, task);
      String session = created.path("objects").path(0).path("session_id").stringValue();
      String ofSession = "{\"session_id\":\"%s\"}".formatted(session);

      assertThat(ask(device, "get_status", ofSession, null).path("session_id").stringValue())
          .isEqualTo(session);
      ask(
          device,
          "presign_parts",
          "{\"session_id\":\"%s\",\"part_numbers\":[1]}".formatted(session),
          null);
      assertThat(create(device, task).path("task_id")).isEqualTo(created.path("task_id"));
      ask(device, "abort_upload", ofSession, "abort-" + task);
    }
  }

  private JsonNode create(Device device, String task) {
    return ask(
        device,
        "create_session",
        """
        {"project_id": "%s", "task_name": "%s",
         "objects": [{"object_name": "a.bin", "file_size_bytes": 1000}]}
        """
            .formatted(DevelopmentIdentities.PROJECT, task)
            .strip(),
        "create-" + task);
  }

  /** The result, asked for again while the answer is "not now". */
  private JsonNode ask(Device device, String command, String payload, @Nullable String key) {
    JsonNode answer =
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> heard(device, command, payload, key),
                heard -> !heard.path("error").path("retryable").asBoolean(false));
    assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
    return answer.path("result");
  }

  private JsonNode heard(Device device, String command, String payload, @Nullable String key) {
    JsonNode answer = device.ask(command, payload, key);
    answers.incrementAndGet();
    return answer;
  }
}

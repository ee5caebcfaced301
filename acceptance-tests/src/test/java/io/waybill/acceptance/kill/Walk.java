package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * One device that does anything to uploads of its own, one command after the other. Each answer is
 * compared with the model's; where it is "not now", the device asks again under the same key.
 */
final class Walk {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> COMMANDS =
      List.of(
          "get_status",
          "list_parts",
          "presign_parts",
          "presign_parts",
          "acknowledge_part",
          "acknowledge_part",
          "extend_upload",
          "pause_upload",
          "resume_upload",
          "resume_upload",
          "complete_upload",
          "abort_upload");

  private final Device device;
  private final Api store;
  private final Random random;
  private final AtomicInteger answers;
  private final Map<String, UploadModel> uploads = new ConcurrentHashMap<>();

  private String session = "";
  private String url = "";
  private String etag = "";
  private UploadModel model = new UploadModel();

  /** Counts what is answered. */
  Walk(Device device, Api store, long seed, AtomicInteger answers) {
    this.device = device;
    this.store = store;
    this.random = new Random(seed);
    this.answers = answers;
  }

  /** Every upload that it has made, by its session. */
  Map<String, UploadModel> uploads() {
    return Map.copyOf(uploads);
  }

  Device device() {
    return device;
  }

  /** So many commands, and those that bring what is still open to its end. */
  void go(int commands) {
    int said = 0;
    while (said < commands) {
      boolean isOver = session.isEmpty() || !model.isOpen();
      String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
      if (isOver && (session.isEmpty() || random.nextInt(4) != 0)) {
        create();
        said++;
      } else if (isSensible(command)) {
        say(command);
        said++;
      }
    }
    if (model.isOpen()) {
      say("abort_upload");
    }
    say("get_status");
  }

  private void create() {
    String key = "create-" + UUID.randomUUID();
    JsonNode made = create(key);
    if (random.nextInt(3) == 0) {
      assertThat(create(key).path("task_id")).isEqualTo(made.path("task_id"));
    }
    session = made.at("/objects/0/session_id").asString("");
    url = "";
    etag = "";
    model = new UploadModel();
    uploads.put(session, model);
  }

  private JsonNode create(String key) {
    JsonNode answer =
        answer(
            "create_session",
            "{\"project_id\":\"%s\",\"objects\":[{\"object_name\":\"k.bin\",\"file_size_bytes\":%d}]}"
                .formatted(DevelopmentIdentities.PROJECT, Lives.BYTES.length),
            key);
    assertThat(answer.path("ok").asBoolean()).as("create_session: %s", answer).isTrue();
    return answer.path("result");
  }

  private boolean isSensible(String command) {
    boolean hasNothingToTell = command.equals("acknowledge_part") && etag.isEmpty();
    return !hasNothingToTell && !model.mayBeDoneLate(command);
  }

  private void say(String command) {
    String payload = "{\"session_id\":\"%s\"%s}".formatted(session, more(command));
    String refusal = model.refusal(command);
    JsonNode answer = answer(command, payload, "walk-" + UUID.randomUUID());

    assertThat(answer.at("/error/code").asString(""))
        .as("%s in %s after %s: %s", command, model.state(), model.facts(), answer)
        .isEqualTo(refusal);
    if (refusal.isEmpty()) {
      model.did(command);
      heed(command, answer.path("result"));
    }
  }

  private String more(String command) {
    return switch (command) {
      case "presign_parts" -> ",\"part_numbers\":[1]";
      case "extend_upload" -> ",\"extend_by_seconds\":60";
      case "acknowledge_part" ->
          ",\"parts\":[{\"part_number\":1,\"etag\":\"%s\",\"size_bytes\":%d}]"
              .formatted(etag.replace("\"", "\\\""), Lives.BYTES.length);
      default -> "";
    };
  }

  private void heed(String command, JsonNode result) {
    switch (command) {
      case "get_status" -> assertThat(result.path("status").asString("")).isEqualTo(model.state());
      case "list_parts" ->
          assertThat(result.path("parts").size()).isGreaterThanOrEqualTo(model.isKnown() ? 1 : 0);
      case "presign_parts" -> {
        url = result.at("/parts/0/url").asString("");
        if (random.nextBoolean()) {
          etag = store.put(url, Lives.BYTES);
          model.isSent();
        }
      }
      default -> {}
    }
  }

  /** The answer that is not "not now". */
  private JsonNode answer(String command, String payload, String key) {
    JsonNode last =
        Awaitility.await()
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> device.ask(command, payload, key),
                answer -> !answer.path("error").path("retryable").asBoolean(false));
    answers.incrementAndGet();
    return last;
  }
}

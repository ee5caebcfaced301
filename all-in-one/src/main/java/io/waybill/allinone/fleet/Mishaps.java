package io.waybill.allinone.fleet;

import io.waybill.allinone.api.Api;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong in a hall, and how it comes right again. */
final class Mishaps {
  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";
  private static final List<String> REASONS =
      List.of("change of shift", "the line needs the network", "maintenance");

  private final Api api;
  private final RandomGenerator chance;
  private final Duration shortest;

  /**
   * With this luck.
   *
   * @param shortest that it takes until somebody sets something right; four times that at most
   */
  Mishaps(Api api, RandomGenerator chance, Duration shortest) {
    this.api = api;
    this.chance = chance;
    this.shortest = shortest;
  }

  /** One of them, to this machine. */
  void befall(Machine machine, Clockwork clockwork) throws IOException {
    switch (chance.nextInt(6)) {
      case 0, 1 -> {
        machine.cutPower();
        clockwork.later(soon(), machine::switchOn);
      }
      case 2, 3 -> pauseOne(machine, clockwork);
      case 4 -> machine.spoilNewest();
      default -> cancelOne(machine);
    }
  }

  private void pauseOne(Machine machine, Clockwork clockwork) throws IOException {
    for (String task : uploading(machine)) {
      String reason = REASONS.get(chance.nextInt(REASONS.size()));
      api.post(TASKS + "/" + task + "/pause", "{\"reason\": \"%s\"}".formatted(reason));
      clockwork.later(soon(), () -> api.post(TASKS + "/" + task + "/resume", "{}"));
    }
  }

  private void cancelOne(Machine machine) throws IOException {
    for (String task : uploading(machine)) {
      api.post(TASKS + "/" + task + "/cancel", "{\"reason\": \"recorded by mistake\"}");
    }
  }

  /** One of its tasks that is under way, if there is one. */
  private List<String> uploading(Machine machine) throws IOException {
    String page = TASKS + "?status=PROCESSING&source_device_id=" + machine.deviceId();
    return api.get(page)
        .ok()
        .path("upload_tasks")
        .valueStream()
        .map(task -> task.path("task_id").asString())
        .limit(1)
        .toList();
  }

  private Duration soon() {
    return shortest.multipliedBy(chance.nextInt(1, 5));
  }
}

package io.waybill.acceptance.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Sample;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Devices that work without a pause until they are told to stop: agents of the composed system's
 * images upload file after file, and one asks over MQTT and repeats nothing.
 */
final class Fleet implements AutoCloseable {
  private static final int FILE_BYTES = 12 * 1024 * 1024;

  private final ComposedSystem system;
  private final Path folder;
  private final Map<String, String> sums = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger();
  private final List<CompletableFuture<Void>> devices = new ArrayList<>();
  private volatile boolean isWorking = true;
  private @Nullable Device robot17;

  /** The agents read their files there, as user 10001. */
  Fleet(ComposedSystem system, Path folder) throws Exception {
    this.system = system;
    this.folder = Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /**
   * An agent with these variables, started for each file.
   *
   * @param installed whose image it is
   */
  void uploads(ComposedSystem installed, String device, Map<String, String> variables) {
    begin(count -> {
      String name = device + "-" + count + ".bin";
      byte[] bytes = new byte[FILE_BYTES];
      new SecureRandom().nextBytes(bytes);
      sums.put(name, Sample.of(Files.write(folder.resolve(name), bytes)).sha256());
      // the exit code of a container that Compose runs is not to be relied on everywhere
      assertThat(
              installed.runAgent(
                  folder,
                  variables,
                  "upload",
                  "--wait",
                  "--task-name",
                  name,
                  "--part-size",
                  Sample.PART_SIZE,
                  "--max-bytes-per-second",
                  "3M",
                  "/load/" + name))
          .as(name)
          .contains(": stored, ");
    });
  }

  /** The same for a device that is new, over HTTP, on a machine that was upgraded first. */
  void uploadsOverHttp(String device) {
    try (Api api = system.api()) {
      JsonNode made =
          api.post(
                  ComposedSystem.PROJECT + "/devices",
                  "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(device, device))
              .ok();
      uploads(
          system,
          device,
          Map.of(
              "WAYBILL_AGENT_TRANSPORT",
              "http",
              "WAYBILL_API_URL",
              "http://control-api:18080",
              "WAYBILL_DEVICE_ID",
              made.at("/device/device_id").asString(),
              "WAYBILL_DEVICE_CREDENTIAL",
              made.at("/credential/credential_material").asString(),
              "WAYBILL_AGENT_STATE_DIR",
              "/var/lib/waybill/" + device));
    }
  }

  /**
   * robot-17 creates, looks and aborts, and repeats no request that it has no answer to: what is
   * not answered, or not well, fails.
   */
  void asks() {
    Device device = robot17();
    begin(count -> {
      String create =
          """
          {"project_id": "%s", "task_name": "asked-%d",
           "objects": [{"object_name": "a.bin", "file_size_bytes": 1000}]}\
          """
              .formatted(DevelopmentIdentities.PROJECT, count);
      String session =
          done(device, "create_session", create).at("/objects/0/session_id").asString();
      String ofSession = "{\"session_id\":\"" + session + "\"}";
      done(device, "get_status", ofSession);
      done(device, "abort_upload", ofSession);
      answers.addAndGet(3);
    });
  }

  /** Whoever hears "try again" comes again, as every device does; nobody else. */
  private static JsonNode done(Device device, String command, String payload) {
    JsonNode answer =
        Awaitility.await(command)
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofSeconds(1))
            .pollDelay(Duration.ZERO)
            .until(
                () -> device.ask(command, payload),
                heard -> !heard.at("/error/retryable").asBoolean(false));
    assertThat(answer.path("ok").asBoolean()).as("%s: %s", command, answer).isTrue();
    return answer.path("result");
  }

  private Device robot17() {
    Configuration broker =
        Configuration.load(
            Map.of(
                MqttSetting.HOST.variable(),
                "127.0.0.1",
                MqttSetting.PORT.variable(),
                String.valueOf(system.brokerPort())),
            folder);
    robot17 =
        Device.connect(
            broker,
            DevelopmentIdentities.ROBOT_17,
            DevelopmentIdentities.ROBOT_17_CREDENTIAL,
            Duration.ofHours(1));
    return robot17;
  }

  @Override
  public void close() {
    isWorking = false;
    var _ =
        CompletableFuture.allOf(devices.toArray(CompletableFuture<?>[]::new))
            .handle((done, failed) -> true)
            .completeOnTimeout(false, 3, TimeUnit.MINUTES)
            .join();
    if (robot17 != null) {
      robot17.close();
    }
  }

  private interface Turn {
    void take(int count) throws Exception;
  }

  private void begin(Turn turn) {
    devices.add(
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int count = 1; isWorking; count++) {
                  turn.take(count);
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            },
            task -> Thread.ofVirtual().start(task)));
  }

  /** Waits until requests are answered. */
  void awaitMoreAnswers() {
    int before = answers.get();
    Awaitility.await("answers over MQTT")
        .atMost(Duration.ofMinutes(3))
        .until(() -> {
          // what a device has to say against it is said
          devices.stream()
              .filter(CompletableFuture::isCompletedExceptionally)
              .forEach(CompletableFuture::join);
          return answers.get() > before + 10;
        });
  }

  /** What is under way is brought to its end; the sums of all that was uploaded. */
  Map<String, String> stop() {
    isWorking = false;
    devices.forEach(CompletableFuture::join);
    assertThat(sums).as("files").hasSizeGreaterThan(3);
    return new TreeMap<>(sums);
  }
}

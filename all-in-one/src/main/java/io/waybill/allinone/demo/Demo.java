package io.waybill.allinone.demo;

import io.waybill.agent.Main;
import io.waybill.agent.upload.UploadStep;
import io.waybill.allinone.api.Api;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One file's way: off the device over the broker's word, to storage, and back by a URL. */
public final class Demo {
  private static final long MIB = 1024 * 1024;

  /** How long the device waits for an answer: a reason after a while is better than none ever. */
  private static final String PATIENCE_SECONDS = "60";

  /** The agent's exit code where nobody answered. */
  private static final int UNREACHABLE = 3;

  private final Configuration configuration;
  private final Narrator narrator;

  /**
   * On the stack that is reached by this configuration.
   *
   * @param opened is told the id of the upload task, as soon as there is one
   */
  public Demo(Configuration configuration, PrintStream out, Consumer<String> opened) {
    this.configuration = configuration;
    this.narrator = new Narrator(out, opened);
  }

  /**
   * Sends the file, fetches it and compares; throws with a plain reason when it is not the same.
   */
  public void send(Path file) {
    try {
      Files.size(file);
      String sent = sha256(Files.newInputStream(file));
      narrator.say("");
      narrator.say("robot-17 sends %s (%,d bytes)".formatted(file.getFileName(), Files.size(file)));
      long begin = System.nanoTime();
      runAgent(file);
      UploadStep.Completed completed = narrator.completed();
      if (completed == null || completed.datasetId() == null) {
        throw new StartupFailure("the device agent ended without completing the upload");
      }
      Received received = fetch(completed.datasetId());
      summarize(file, completed, sent, received, System.nanoTime() - begin);
    } catch (IOException e) {
      throw new StartupFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The agent is the real one, with its own connection to the broker and its own state. */
  private void runAgent(Path file) throws IOException {
    Path state = Files.createTempDirectory("waybill-demo-");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream quiet = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      int exit = Main.run(arguments(file), quiet, quiet, environment(state), narrator);
      if (exit != 0) {
        throw new StartupFailure(
            "the device agent ended with %d: %s%s"
                .formatted(exit, said.toString(StandardCharsets.UTF_8).strip(), hint(exit)));
      }
    } finally {
      deleteTree(state);
    }
  }

  /** A stack that runs already may be on another broker than the one that this demo was given. */
  private String hint(int exit) {
    return exit == UNREACHABLE
        ? "\nThe device asked at %s:%s. A stack that runs already must be on that broker, too: start it with the same WAYBILL_MQTT_HOST and WAYBILL_MQTT_PORT, or stop it."
            .formatted(configuration.text(MqttSetting.HOST), configuration.text(MqttSetting.PORT))
        : "";
  }

  /** Small parts for a small file, so that there is more than one to see. */
  private static String[] arguments(Path file) throws IOException {
    List<String> always = List.of("upload", file.toString());
    List<String> small = List.of("--part-size", "5M");
    boolean isSmall = Files.size(file) < 512 * MIB;
    return java.util.stream.Stream.concat(
            always.stream(), isSmall ? small.stream() : java.util.stream.Stream.of())
        .toArray(String[]::new);
  }

  private Map<String, String> environment(Path state) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WAYBILL_AGENT_STATE_DIR", state.toString());
    environment.put("WAYBILL_AGENT_PATIENCE_SECONDS", PATIENCE_SECONDS);
    environment.put("WAYBILL_DEVICE_CREDENTIAL", DevelopmentIdentities.ROBOT_17_CREDENTIAL);
    for (Setting setting :
        List.of(MqttSetting.HOST, MqttSetting.PORT, MqttSetting.TLS, MqttSetting.TOPIC_PREFIX)) {
      environment.put(setting.variable(), configuration.text(setting));
    }
    return environment;
  }

  private record Received(String store, String sha256) {}

  private Received fetch(String datasetId) throws IOException {
    try (Api api = new Api(configuration)) {
      long begin = System.nanoTime();
      URI url = downloadUrl(api, datasetId);
      narrator.tell("HTTP", "download-url for dataset " + datasetId, since(begin));
      begin = System.nanoTime();
      String sha256 = sha256(api.download(url));
      narrator.tell("S3", "GET, straight from storage", since(begin));
      return new Received(url.getScheme() + "://" + url.getAuthority(), sha256);
    }
  }

  private void summarize(
      Path file, UploadStep.Completed completed, String sent, Received received, long nanos)
      throws IOException {
    narrator.say("");
    narrator.say("stored as    s3://%s/%s".formatted(completed.bucket(), completed.objectKey()));
    narrator.say(
        "the bytes    %,d to %s, 0 through the broker, the gateway or the API"
            .formatted(narrator.storedBytes(), received.store()));
    narrator.say("SHA-256 sent " + sent);
    narrator.say("         got " + received.sha256());
    if (!sent.equals(received.sha256())) {
      throw new StartupFailure(file.getFileName() + " did not come back as it was sent");
    }
    narrator.say("the same, in %.1f s".formatted(nanos / 1e9));
  }

  /** A URL under which storage hands out a dataset's object. */
  private static URI downloadUrl(Api api, String datasetId) {
    String route =
        "/v1/projects/%s/datasets/%s/download-url"
            .formatted(DevelopmentIdentities.PROJECT, datasetId);
    return URI.create(api.post(route, "{\"purpose\":\"demo\"}").ok().path("url").asString());
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String sha256(InputStream bytes) throws IOException {
    try (DigestInputStream digesting =
        new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    try (var tree = Files.walk(root)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package io.waybill.allinone.fleet;

import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One machine: what it records, and the agent that gets that off it. */
final class Machine implements AutoCloseable {
  private static final int LARGEST_MIB = 24;
  private static final int KEPT = 6;
  private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final MachineKind kind;
  private final Path folder;
  private final RandomGenerator chance;
  private @Nullable Process agent;

  Machine(MachineKind kind, Path folder, RandomGenerator chance) {
    this.kind = kind;
    this.folder = folder;
    this.chance = chance;
  }

  MachineKind kind() {
    return kind;
  }

  /** Writes down who it is; what is there already stays. */
  void provision(Configuration configuration, String api, Identity identity) throws IOException {
    Files.createDirectories(recordings());
    Path secret = folder.resolve("credential");
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, identity.credential());
    Files.writeString(folder.resolve("device-id"), identity.deviceId());
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        tenant: %s
        project: %s
        device: {id: %s, credential_file: "%s"}
        broker: {host: "%s", port: %s, tls: %s}
        api: {url: "%s"}
        state_dir: "%s"
        roots: ["%s"]
        limits: {max_bytes_per_second: %dK}
        watch: [{directory: "%s", settle: rename}]
        """
            .formatted(
                DevelopmentIdentities.TENANT,
                DevelopmentIdentities.PROJECT,
                identity.deviceId(),
                secret,
                configuration.text(MqttSetting.HOST),
                configuration.text(MqttSetting.PORT),
                configuration.flag(MqttSetting.TLS),
                api,
                folder.resolve("state"),
                recordings(),
                kind.kilobytesPerSecond(),
                recordings()));
  }

  /** Who it is to the server. */
  record Identity(String deviceId, String credential) {}

  /** Its id, which the server gave it. */
  String deviceId() throws IOException {
    return Files.readString(folder.resolve("device-id"));
  }

  /** Whether it was somebody before. */
  boolean isProvisioned() {
    return Files.isRegularFile(folder.resolve("agent.yaml"));
  }

  synchronized void switchOn() throws IOException {
    if (agent != null && agent.isAlive()) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            AgentProcess.class.getName(),
            "run");
    builder.environment().put("WAYBILL_AGENT_CONFIG", folder.resolve("agent.yaml").toString());
    Path log = folder.resolve("agent.log");
    agent = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** The power is cut: nobody is told anything. */
  synchronized void cutPower() {
    if (agent != null) {
      agent.destroyForcibly().onExit().join();
    }
  }

  /** Records something, and forgets the oldest of what it has recorded. */
  void record() throws IOException {
    byte[] frame = new byte[1 << 20];
    Path hidden = recordings().resolve(".writing");
    try (OutputStream out = Files.newOutputStream(hidden)) {
      for (int mib = chance.nextInt(2, LARGEST_MIB); mib > 0; mib--) {
        chance.nextBytes(frame);
        out.write(frame);
      }
    }
    String name =
        "%s-%s.raw"
            .formatted(kind.records(), LocalDateTime.now(ZoneId.systemDefault()).format(WHEN));
    Files.move(hidden, recordings().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** Something writes into the newest recording, whoever reads it just now. */
  void spoilNewest() throws IOException {
    for (Path newest : newestFirst().stream().limit(1).toList()) {
      Files.writeString(newest, "overwritten");
    }
  }

  private List<Path> newestFirst() throws IOException {
    try (Stream<Path> files = Files.list(recordings())) {
      return files
          .filter(file -> file.toString().endsWith(".raw"))
          .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed())
          .toList();
    }
  }

  private Path recordings() {
    return folder.resolve("recordings");
  }

  @Override
  public synchronized void close() {
    if (agent != null) {
      agent.destroy();
      try {
        if (!agent.waitFor(PATIENCE)) {
          cutPower();
        }
      } catch (InterruptedException e) {
        cutPower();
        Thread.currentThread().interrupt();
      }
    }
  }
}

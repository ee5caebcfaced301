package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Debian's Mosquitto, run as {@code broker-config/mosquitto/README.md} says. */
public final class Mosquitto implements AutoCloseable {
  private static final Path FILES = Checkout.ROOT.resolve("broker-config/mosquitto");

  private final Path log;
  private final int port;
  private final List<String> command;
  private Process process;

  private Mosquitto(Path log, int port, List<String> command) {
    this.log = log;
    this.port = port;
    this.command = List.copyOf(command);
    this.process = Listening.start(command, port, log);
  }

  /** For the development identities; returns when it listens. */
  public static Mosquitto start(Path log) {
    int port = Ports.free();
    return new Mosquitto(log, port, List.of(FILES.resolve("start.sh").toString(), "" + port));
  }

  /** With the password file and the access list of this folder; returns when it listens. */
  public static Mosquitto onFiles(Path folder, int port, Path log) {
    return configured(onFiles(folder, port), port, log);
  }

  /** The same over TLS, with the certificate that its authority has given to {@code server}. */
  public static Mosquitto overTls(Path folder, DevelopmentCa ca, int port, Path log) {
    return configured(
        onFiles(folder, port)
            + """

            cafile %1$s/ca.crt
            certfile %1$s/server.crt
            keyfile %1$s/server.key
            """
                .formatted(ca.folder()),
        port,
        log);
  }

  /** The same, and it keeps its sessions and queues in that folder. */
  public static Mosquitto keepingSessions(Path folder, int port, Path log) {
    String settings =
        onFiles(folder, port)
            .replace("persistence false", "persistence true\npersistence_location " + folder + "/");
    return configured(settings, port, log);
  }

  private static String onFiles(Path folder, int port) {
    try {
      return Files.readString(FILES.resolve("mosquitto.conf"))
          .replace("@PORT@", "" + port)
          .replace("@ADDRESS@", "127.0.0.1")
          .replace("@FOLDER@", folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With settings of a test's own; returns when it listens. */
  public static Mosquitto configured(String settings, int port, Path log) {
    Path file = log.resolveSibling(log.getFileName() + ".conf");
    try {
      // Started by root it would become another user, who cannot read a test's files.
      Files.writeString(file, settings + "\nuser " + System.getProperty("user.name") + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Mosquitto(log, port, List.of("/usr/sbin/mosquitto", "-c", file.toString()));
  }

  public int port() {
    return port;
  }

  /** Has it read its files again. */
  public void reload() {
    try {
      int code = new ProcessBuilder("kill", "-HUP", "" + process.pid()).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("SIGHUP does not reach Mosquitto; see " + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code kill -9} of the broker itself: what it has not written down is gone. */
  public void kill() {
    List<ProcessHandle> started = process.descendants().toList();
    (started.isEmpty() ? List.of(process.toHandle()) : started)
        .forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Starts it again on the same port; it knows what its settings have it keep. */
  public void startAgain() {
    process = Listening.start(command, port, log);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

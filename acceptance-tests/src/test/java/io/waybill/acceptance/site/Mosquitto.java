package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Debian's Mosquitto, run as {@code broker-config/mosquitto/README.md} says. */
public final class Mosquitto implements AutoCloseable {
  private final Path log;
  private final int port = Ports.free();
  private Process process;

  private Mosquitto(Path log) {
    this.log = log;
    this.process = run();
  }

  /** Returns when it listens. */
  public static Mosquitto start(Path log) {
    return new Mosquitto(log);
  }

  private Process run() {
    Path script = Checkout.ROOT.resolve("broker-config/mosquitto/start.sh");
    try {
      Process started =
          new ProcessBuilder(script.toString(), "" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .failFast("Mosquitto ended; see " + log, () -> !started.isAlive())
          .until(() -> Ports.isOpen(port));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** {@code kill -9} of the broker itself: its sessions and queues are gone. */
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Starts one that has forgotten everything, on the same port. */
  public void startAgain() {
    process = run();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Debian's Mosquitto, run as {@code broker-config/mosquitto/README.md} says. */
public final class Mosquitto implements AutoCloseable {
  private final Process process;
  private final int port;

  private Mosquitto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Returns when it listens. */
  public static Mosquitto start(Path log) {
    int port = Ports.free();
    Path script = Checkout.ROOT.resolve("broker-config/mosquitto/start.sh");
    try {
      Process process =
          new ProcessBuilder(script.toString(), "" + port)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .failFast("Mosquitto ended; see " + log, () -> !process.isAlive())
          .until(() -> Ports.isOpen(port));
      return new Mosquitto(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

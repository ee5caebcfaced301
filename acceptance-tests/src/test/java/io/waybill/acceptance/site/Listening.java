package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A server of somebody else's as a process of its own. */
public final class Listening {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Listening() {}

  /**
   * Starts it; returns when it listens.
   *
   * @param port the one of the loopback interface that it was told to take
   * @param log has what it says; what was in there stays
   */
  public static Process start(List<String> command, int port, Path log) {
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      Awaitility.await()
          .atMost(PATIENCE)
          .failFast(command.getFirst() + " ended; see " + log, () -> !started.isAlive())
          .until(() -> Ports.isOpen(port));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

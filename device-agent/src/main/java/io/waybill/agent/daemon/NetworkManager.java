package io.waybill.agent.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * NetworkManager, asked by systemd's own program, {@code busctl}, which spares us a library for
 * D-Bus.
 */
final class NetworkManager {

  private static final List<String> QUESTION =
      List.of(
          "--system",
          "get-property",
          "org.freedesktop.NetworkManager",
          "/org/freedesktop/NetworkManager",
          "org.freedesktop.NetworkManager",
          "Metered");
  private static final int MOST_SAID = 4096;

  /** What dbus-daemon and dbus-broker say of a name that nobody has, and busctl without a bus. */
  private static final List<String> ABSENT =
      List.of(
          "was not provided by any .service files",
          "The name is not activatable",
          "ServiceUnknown",
          "Failed to connect to bus: No such file or directory");

  private final Path program;
  private final Duration patience;

  NetworkManager(Path program, Duration patience) {
    this.program = program;
    this.patience = patience;
  }

  /** What it says of the network. */
  enum Answer {
    METERED,
    NOT_METERED,
    /** It answers that it does not know, as it does while it starts and without a connection. */
    UNDECIDED,
    /** No answer, or none that we know. */
    NONE,
    /** There is nobody who could answer. */
    ABSENT
  }

  Answer ask() throws InterruptedException {
    ProcessBuilder question =
        new ProcessBuilder(
            Stream.concat(Stream.of(program.toString()), QUESTION.stream()).toList());
    question.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = question.start();
    } catch (IOException e) {
      return Files.notExists(program) ? Answer.ABSENT : Answer.NONE;
    }
    try {
      // Its answer is a few bytes: they fit into the pipe, whenever we read them.
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Answer.NONE;
      }
      return process.exitValue() == 0
          ? meant(said(process.getInputStream()))
          : failed(said(process.getErrorStream()));
    } catch (IOException e) {
      return Answer.NONE;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String said(InputStream stream) throws IOException {
    return new String(stream.readNBytes(MOST_SAID), StandardCharsets.US_ASCII).strip();
  }

  /** Its numbers: 1 is yes, 2 no, 3 and 4 are the same as far as it can guess. */
  private static Answer meant(String said) {
    return switch (said) {
      case "u 0" -> Answer.UNDECIDED;
      case "u 1", "u 3" -> Answer.METERED;
      case "u 2", "u 4" -> Answer.NOT_METERED;
      default -> Answer.NONE;
    };
  }

  private static Answer failed(String said) {
    return ABSENT.stream().anyMatch(said::contains) ? Answer.ABSENT : Answer.NONE;
  }
}

package io.waybill.acceptance.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs to its end, with nothing to read. One that does not end must not hold the
 * whole suite up: after its time it is killed, and the test fails with what it said.
 */
public final class Command {

  /** Images are built from nothing in less, on a machine with much else to do. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final ProcessBuilder builder;

  private Command(ProcessBuilder builder) {
    this.builder = builder;
  }

  /** It is to run in the checkout. */
  public static Command of(List<String> words) {
    return new Command(new ProcessBuilder(words).directory(Checkout.ROOT.toFile()));
  }

  public static Command of(String... words) {
    return of(List.of(words));
  }

  public Command in(Path folder) {
    builder.directory(folder.toFile());
    return this;
  }

  public Command with(Map<String, String> environment) {
    builder.environment().putAll(environment);
    return this;
  }

  /** All that it says; it must go well. */
  public String run() throws IOException, InterruptedException {
    return end().well().said();
  }

  /** What it prints; it must go well. */
  public String print() throws IOException, InterruptedException {
    return end().well().printed();
  }

  /** How it ends. */
  public Ended end() throws IOException, InterruptedException {
    Path printed = Files.createTempFile("command", ".out");
    Path complained = Files.createTempFile("command", ".err");
    try {
      Process process =
          builder
              .redirectInput(new File("/dev/null"))
              .redirectOutput(printed.toFile())
              .redirectError(complained.toFile())
              .start();
      boolean hasEnded = process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
      String words = String.join(" ", builder.command());
      if (!hasEnded) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      Ended ended =
          new Ended(
              words,
              process.exitValue(),
              Files.readString(printed).strip(),
              Files.readString(complained).strip());
      if (!hasEnded) {
        throw new AssertionError("no end after %s: %s".formatted(LONGEST, ended));
      }
      return ended;
    } finally {
      Files.delete(printed);
      Files.delete(complained);
    }
  }

  /**
   * How it ended.
   *
   * @param printed its standard output
   * @param complained its standard error
   */
  public record Ended(String words, int exitCode, String printed, String complained) {

    /** It must have gone well. */
    public Ended well() {
      assertThat(exitCode).as(toString()).isZero();
      return this;
    }

    /** All that it said. */
    public String said() {
      return (printed + "\n" + complained).strip();
    }

    @Override
    public String toString() {
      return words + "\nended with " + exitCode + ":\n" + said();
    }
  }
}

package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One of our programs as a process of its own. */
public final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;
  private volatile int port;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a main class on this test's class path. What it prints goes into the log; of our own
   * variables it sees only those that are given.
   */
  public static Program start(
      Path log, Map<String, String> environment, String heap, String main, List<String> arguments) {
    return start(Host.OURS, log, environment, heap, main, arguments);
  }

  /**
   * How a program is run.
   *
   * @param runner what comes before the command, to run it as somebody else
   */
  public record Host(List<String> runner, String classPath) {
    /** As this test itself. */
    public static final Host OURS = new Host(List.of(), System.getProperty("java.class.path"));

    /** As production does: with the jars of the server and none that is embedded. */
    public static Host server() {
      return new Host(List.of(), Checkout.classPath("server"));
    }

    public Host {
      runner = List.copyOf(runner);
    }
  }

  /** The same, run in another way. */
  public static Program start(
      Host host,
      Path log,
      Map<String, String> environment,
      String heap,
      String main,
      List<String> arguments) {
    List<String> command = new ArrayList<>(host.runner());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", host.classPath(), main));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("WAYBILL_"));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has printed this. */
  public void awaitOutput(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast(() -> assertThat(isAlive()).as("alive; it said:\n%s", output()).isTrue())
        .until(() -> output().contains(text));
  }

  /** Waits until {@code /readyz} on the port says so. */
  public void awaitReady(int httpPort) {
    port = httpPort;
    URI ready = URI.create("http://127.0.0.1:" + port + "/readyz");
    try (HttpClient client = HttpClient.newHttpClient()) {
      Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .failFast(() -> assertThat(isAlive()).as("alive; it said:\n%s", output()).isTrue())
          .ignoreExceptions()
          .until(() ->
              client
                      .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                      .statusCode()
                  == 200);
    }
  }

  /** Where it answers who asks how it is; known once it is ready. */
  public URI probes() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Its page of metrics. */
  public String metrics() {
    URI page = probes().resolve("/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code kill -9}; returns when it is dead. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and the exit code that follows. */
  public int stop() {
    process.destroy();
    return exitCode();
  }

  /** Waits for its end by itself. */
  public int exitCode() {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("ended in time; it said:\n%s", output())
          .isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Everything that it has printed. */
  public String output() {
    try {
      return Files.readString(log, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}

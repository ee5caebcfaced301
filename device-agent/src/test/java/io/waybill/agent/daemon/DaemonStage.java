package io.waybill.agent.daemon;

import io.waybill.agent.Main;
import io.waybill.agent.config.Key;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.TestReceipts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watched directory, a daemon, and a server over HTTP. */
@Timeout(120)
abstract class DaemonStage {

  static final int PART = 64_000;

  @TempDir Path temporary;
  final TestReceipts installation = new TestReceipts();
  final LoopbackStore store = new LoopbackStore();
  final FakeServer server = new FakeServer(store, PART);
  final FakeApi api = new FakeApi(server);
  final Map<String, String> more = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private @Nullable Thread daemon;
  Path data = Path.of("");

  @BeforeEach
  void aDirectory() throws IOException {
    data = Files.createDirectories(temporary.resolve("data"));
    server.seals(session -> installation.of(session, store.object(session)));
  }

  @AfterEach
  void stop() throws InterruptedException {
    stopDaemon();
    api.close();
    store.close();
  }

  Map<String, String> environment() {
    Map<String, String> env = new HashMap<>();
    env.put("HOME", temporary.toString());
    env.put(Key.STATE_DIR.env(), temporary.resolve("state").toString());
    env.put(Key.TRANSPORT.env(), "http");
    env.put(Key.API_URL.env(), api.url().toString());
    env.put(Key.RECEIPT_KEYS.env(), installation.x());
    env.put(Key.PATIENCE_SECONDS.env(), "2");
    env.putAll(more);
    return env;
  }

  /** Begins to watch, with this said of the directory. */
  void run(String said) {
    more.put(Key.WATCH.env(), "{directory: " + data + ", settle: rename" + said + "}");
    daemon = Thread.ofPlatform().start(() -> agent("run"));
  }

  void stopDaemon() throws InterruptedException {
    Thread running = daemon;
    daemon = null;
    if (running != null) {
      running.interrupt();
      running.join(20_000);
    }
  }

  int agent(String... args) {
    return Main.run(args, print(out), print(err), environment());
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  /** What was said until now. */
  void forget() {
    out.reset();
    err.reset();
  }

  /** Put there as whoever writes recordings does: all of it at once. */
  Path drop(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(name.hashCode()).nextBytes(bytes);
    Path file = LocalPath.of(data + "/" + name);
    Files.createDirectories(file.getParent());
    Path fresh = Files.write(temporary.resolve("fresh"), bytes);
    return Files.move(fresh, file);
  }

  void await(BooleanSupplier what) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (!what.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within a minute; it said: " + said());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  void awaitStored(int uploads) {
    await(() -> stored().size() == uploads);
  }

  List<String> stored() {
    return server.sessions().stream()
        .filter(session -> server.status(session).equals("COMPLETED"))
        .toList();
  }
}

package io.waybill.agent.cli;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.wire.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine with files on it, and a server that they can go to. */
@Timeout(240)
abstract class MachineStage {

  private static final int PART = 64_000;
  private static final int SOME = 8;

  @TempDir Path directory;
  final LoopbackStore store = new LoopbackStore();
  final FakeServer server = new FakeServer(store, PART);
  private final AtomicInteger puts = new AtomicInteger();
  final byte[] bytes = new byte[PART * 40];
  private volatile boolean holding;
  private FakeApi api;

  @BeforeEach
  void start() {
    new Random(17).nextBytes(bytes);
    api = new FakeApi(server);
    store.script((session, part, attempt) -> {
      boolean isInTheMiddle = puts.incrementAndGet() >= SOME;
      while (isInTheMiddle && holding) {
        LockSupport.parkNanos(1_000_000);
      }
      return Fate.TAKE;
    });
  }

  @AfterEach
  void stop() {
    holding = false;
    api.close();
    store.close();
  }

  AgentProcess.Ended agent(String... arguments) throws Exception {
    return agent(Map.of(), "exec \"$@\"", arguments);
  }

  AgentProcess.Ended agent(Map<String, String> settings, String script, String... arguments)
      throws Exception {
    holding = false;
    return AgentProcess.start(directory, api.url(), settings, script, arguments).ended();
  }

  Path file(String name) throws IOException {
    Path file = LocalPath.of(LocalPath.text(directory) + "/" + name);
    Files.write(file, bytes);
    return file;
  }

  List<Path> manifests() throws IOException {
    Path uploads = directory.resolve("state/uploads");
    if (!Files.exists(uploads)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(uploads)) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  String object(int number) {
    return server.sessions().get(number);
  }

  List<String> names() {
    return server.asked(Command.CreateSession.class).stream()
        .flatMap(create -> create.objects().stream())
        .map(Command.NewObject::objectName)
        .toList();
  }

  URI apiUrl() {
    return api.url();
  }

  /** Whether no more than some parts are taken from now on. */
  void hold(boolean now) {
    holding = now;
  }

  boolean isInTheMiddle() {
    return puts.get() >= SOME;
  }

  /** An upload that has sent some parts, and no more until the next command. */
  AgentProcess begin(String script) throws IOException {
    holding = true;
    AgentProcess upload = AgentProcess.start(directory, api.url(), Map.of(), script);
    while (puts.get() < SOME && upload.process().isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    return upload;
  }
}

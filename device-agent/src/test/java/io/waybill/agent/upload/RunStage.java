package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.control.Patience;
import io.waybill.agent.control.PatientControlPlane;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.WholeSum;
import io.waybill.agent.testing.DirectControlPlane;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.transfer.Backoff;
import io.waybill.agent.transfer.NettyPartStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** One file, a server, a store, and runs of the upload between them. */
final class RunStage implements AutoCloseable {

  static final int PART = 100_000;
  static final int PARTS = 12;
  static final Duration LONG = Duration.ofHours(1);

  final List<UploadStep> steps = new CopyOnWriteArrayList<>();
  final LoopbackStore store = new LoopbackStore();
  final FakeServer server = new FakeServer(store, PART);
  final DirectControlPlane road = new DirectControlPlane(server);
  final Spool spool;
  final Path file;
  final byte[] bytes = new byte[PART * (PARTS - 1) + 17];
  UploadListener listener = steps::add;
  UploadSettings.Patience patience =
      new UploadSettings.Patience(quickly(), Duration.ofMillis(200), Duration.ZERO);
  Duration forbiddenWait = Duration.ofMillis(300);
  Duration stall = Duration.ofSeconds(1);

  RunStage(Path directory) throws IOException {
    spool = Spool.open(directory.resolve("state"), (path, reason) -> {});
    file = directory.resolve("run 42.mcap");
    new Random(17).nextBytes(bytes);
    Files.write(file, bytes);
  }

  static Backoff quickly() {
    return new Backoff(Duration.ofMillis(5), Duration.ofMillis(40));
  }

  Manifest plan(boolean checksum) throws IOException {
    FileEntry entry = planned(file);
    return plan(List.of(checksum ? entry.withChecksum(WholeSum.of(file)) : entry));
  }

  /** Several files of one upload. */
  Manifest plan(Path... paths) throws IOException {
    List<FileEntry> entries = new ArrayList<>();
    for (Path path : paths) {
      entries.add(planned(path));
    }
    return plan(entries);
  }

  private static FileEntry planned(Path path) throws IOException {
    return FileEntry.planned(
        path.toString(), path.getFileName().toString(), FileStamp.of(path), null);
  }

  private Manifest plan(List<FileEntry> files) throws IOException {
    Manifest manifest =
        Manifest.planned(
            UUID.randomUUID().toString(),
            new Manifest.Owner(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString()),
            "run",
            Instant.now(),
            files);
    spool.save(manifest);
    return manifest;
  }

  UploadEnd run(Manifest manifest) throws InterruptedException {
    try (NettyPartStore parts = new NettyPartStore(0, stall, null)) {
      return start(manifest, parts).run();
    }
  }

  UploadRun start(Manifest manifest, NettyPartStore parts) {
    PatientControlPlane patient =
        new PatientControlPlane(
            road,
            new Patience(Duration.ofMillis(100), Duration.ofSeconds(2)),
            (failures, wish) -> Duration.ofMillis(5),
            (reason, still) -> {});
    return new UploadRun(
        manifest,
        new UploadRun.Place(spool, patient, parts, step -> listener.step(step)),
        new UploadSettings(
            4,
            quickly(),
            forbiddenWait,
            3,
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            patience));
  }

  /** Runs until so many parts are stored, then loses the server: what a killed process leaves. */
  Manifest stopAfter(int stored, boolean checksum) throws Exception {
    store.script((session, part, attempt) -> {
      if (store.parts(session).size() >= stored) {
        road.cut(true);
        return new LoopbackStore.Fate.ResetMidBody();
      }
      return LoopbackStore.Fate.TAKE;
    });
    UploadEnd end = run(plan(checksum));
    assertThat(end.outcome()).isEqualTo(UploadEnd.Outcome.UNREACHABLE);
    store.script((session, part, attempt) -> LoopbackStore.Fate.TAKE);
    road.cut(false);
    steps.clear();
    return spool.read(end.manifest().uploadId()).orElseThrow();
  }

  String onlySession() {
    assertThat(server.sessions()).hasSize(1);
    return server.sessions().getFirst();
  }

  int attempts() {
    return IntStream.rangeClosed(1, PARTS).map(p -> store.attempts(onlySession(), p)).sum();
  }

  <S extends UploadStep> List<S> steps(Class<S> type) {
    return steps.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Lets go on what was held on this machine. */
  void release(String uploadId) {
    try {
      spool.release(uploadId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}

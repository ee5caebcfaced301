package io.waybill.agent.upload;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.transfer.PartStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of one upload, from wherever it is to its end. One thread decides; PUTs and questions to
 * the server happen in the background and report back to it. While the server is away, parts go on
 * with the URLs in hand.
 */
public final class UploadRun {

  /** Where a run belongs and what it works with. */
  public record Place(
      Spool spool, ControlPlane server, PartStore store, UploadListener listener, Turn turn) {

    /** With nobody else to share the store with. */
    public Place(Spool spool, ControlPlane server, PartStore store, UploadListener listener) {
      this(spool, server, store, listener, Turn.ALWAYS);
    }
  }

  private static final Duration TICK = Duration.ofMillis(100);

  private final Place place;
  private final Mailbox mailbox = new Mailbox();
  private final Meter meter = new Meter();
  private final List<FileRun> files = new ArrayList<>();
  private final Background context;
  private final WidthWindow width;
  private final Checkpoint checkpoint;

  private Manifest manifest; // how far its files are is in the runs
  private boolean held;
  private long heldLookedAt = System.nanoTime() - 1_000_000_000L;
  private volatile UploadProgress progress;

  public UploadRun(Manifest manifest, Place place, UploadSettings settings) {
    this.manifest = manifest;
    this.place = place;
    this.width = new WidthWindow(settings.connections(), meter);
    this.checkpoint = new Checkpoint(place.spool(), settings.checkpoint());
    this.context = new Background(place, settings, mailbox, meter, new Ours());
    RandomGenerator random = RandomGenerator.getDefault();
    for (int n = 0; n < manifest.files().size(); n++) {
      String retryKey = manifest.idempotencyKey() + "-retry-" + n;
      files.add(new FileRun(context, manifest.files().get(n), retryKey, random));
    }
    this.progress = measure();
  }

  /** How far it is; from any thread. */
  public UploadProgress progress() {
    UploadProgress base = progress;
    return new UploadProgress(
        base.name(),
        base.sessionId(),
        base.totalBytes(),
        Math.min(base.totalBytes(), base.doneBytes() + meter.underWayBytes()),
        meter.movedBytes(),
        base.parts(),
        base.storedParts(),
        meter.retries(),
        base.connections(),
        base.waiting());
  }

  /** Runs to the end: every file done or given up, or the server out of reach. */
  public UploadEnd run() throws InterruptedException {
    try {
      start();
      while (!context.stopped() && !over(System.nanoTime())) {
        mailbox.work(TICK);
        drive(System.nanoTime());
        checkpoint.saveWhenDue(this::current, context);
        show(measure());
      }
      return new UploadEnd(current(), unreachable(), turnedAway());
    } finally {
      context.close();
      files.forEach(FileRun::close);
      checkpoint.save(this::current, context);
    }
  }

  /** Every file has ended, or what has not waits for longer than this run wants to. */
  private boolean over(long now) {
    return files.stream().allMatch(FileRun::ended)
        || (context.underWay() == 0
            && files.stream().allMatch(file -> file.ended() || file.outwaited(now) != null));
  }

  private @Nullable String unreachable() {
    return context.unreachable() == null
        ? keptFor(Set.of(Phase.Cause.FILE, Phase.Cause.STORE))
        : context.unreachable();
  }

  private @Nullable String turnedAway() {
    return context.turnedAway() == null
        ? keptFor(Set.of(Phase.Cause.TASK, Phase.Cause.SERVER))
        : context.turnedAway();
  }

  /** What a file that has not ended waits for. */
  private @Nullable String keptFor(Set<Phase.Cause> causes) {
    return files.stream()
        .map(file -> file.course().phase().tried())
        .filter(tried -> tried != null && causes.contains(tried.cause()))
        .map(tried -> Objects.requireNonNull(tried).why())
        .findFirst()
        .orElse(null);
  }

  private Manifest current() {
    Silence.Quiet silent = context.silent(System.nanoTime());
    Waiting written = silent == null ? null : silent.written();
    return manifest.withFiles(files.stream().map(file -> file.snapshot(written)).toList());
  }

  private void start() {
    if (manifest.taskId() == null) {
      TaskCreation creation = new TaskCreation(manifest, files, context, this::created);
      files.getFirst().creates(creation::ask); // one create is for all of them
      creation.ask();
    }
    for (FileRun file : files) {
      if (file.open()) {
        file.recall();
        file.happened(new Event.TakenUp());
      } else if (manifest.taskId() != null) {
        TaskCreation.leaveOut(file);
      }
    }
  }

  private void created(String taskId) {
    manifest = manifest.withTask(taskId);
    context.changedForGood();
  }

  private void drive(long now) {
    if (now - heldLookedAt >= 500_000_000L) {
      heldLookedAt = now;
      held = place.spool().held(manifest.uploadId());
    }
    width.adapt(now);
    for (FileRun file : files) {
      file.drive(now, held);
    }
    Turn turn = place.turn();
    boolean mine = turn.granted(!held && files.stream().anyMatch(FileRun::wantsToSend));
    for (FileRun file : files) {
      while (mine && context.underWay() < width.now() && file.sendNext(now)) {
        turn.taken();
      }
    }
    width.used(context.underWay());
  }

  /** What stands still, or goes on, is written down soon: others read it there. */
  private void show(UploadProgress now) {
    if ((now.waiting() == null) != (progress.waiting() == null)) {
      checkpoint.changed();
    }
    progress = now;
  }

  private UploadProgress measure() {
    FileRun current = files.getFirst();
    int parts = 0;
    int stored = 0;
    long bytes = 0;
    boolean quiet = context.underWay() == 0;
    Waiting waiting = null;
    for (FileRun file : files) {
      current = current.ended() ? file : current;
      parts += file.partCount();
      stored += file.storedParts();
      bytes += file.storedBytes();
      Waiting its = file.waiting(quiet);
      waiting = its == null || (waiting != null && file != current) ? waiting : its;
    }
    var server = current.entry().server();
    return new UploadProgress(
        current.name(),
        server == null ? null : server.sessionId(),
        manifest.sizeBytes(),
        bytes,
        0,
        parts,
        stored,
        0,
        width.now(),
        held && quiet
            ? Waiting.open("paused on this machine")
            : waiting == null ? silent() : waiting);
  }

  private @Nullable Waiting silent() {
    Silence.Quiet silent = context.silent(System.nanoTime());
    return silent == null ? null : silent.shown();
  }

  /** What the background needs of this run. */
  private final class Ours implements Background.Owner {

    @Override
    public Manifest manifest() {
      return manifest;
    }

    @Override
    public boolean movesWithoutTheServer() {
      return !held
          && files.stream().anyMatch(file -> file.course().sends() && file.urls().size() > 0);
    }

    @Override
    public Checkpoint checkpoint() {
      return checkpoint;
    }

    @Override
    public void complained() {
      width.complained();
    }
  }
}

package io.waybill.agent.upload;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.transfer.PartPut;
import io.waybill.agent.transfer.PartStore;
import io.waybill.agent.transfer.Width;
import io.waybill.agent.upload.UploadStep.Warned;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of one upload, from wherever it is to its end. One thread decides; PUTs and questions to
 * the server happen in the background and report back to it. While the server is away, parts go on
 * with the URLs in hand.
 */
public final class UploadRun {

  /** Where a run belongs and what it works with. */
  public record Place(Spool spool, ControlPlane server, PartStore store, UploadListener listener) {}

  private static final int QUESTIONS_AT_ONCE = 4;
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final int MOST_FIRST_URLS = 100;

  private final Place place;
  private final UploadSettings settings;
  private final Mailbox mailbox = new Mailbox();
  private final Meter meter = new Meter();
  private final ServerClock clock = new ServerClock(InstantSource.system());
  private final List<FileRun> files = new ArrayList<>();
  private final ExecutorService questions = questionThreads();
  private final Background desk = new Background();
  private final Width width;

  private Manifest manifest;
  private int underWay;
  private boolean dirty;
  private boolean urgent;
  private boolean held;
  private boolean unsaved;
  private long savedAt = System.nanoTime();
  private long heldLookedAt = System.nanoTime() - 1_000_000_000L;
  private long windowStart = System.nanoTime();
  private long windowBytes;
  private boolean windowFull = true;
  private boolean complained;
  private @Nullable String unreachable;
  private volatile UploadProgress progress;

  public UploadRun(Manifest manifest, Place place, UploadSettings settings) {
    this.manifest = manifest;
    this.place = place;
    this.settings = settings;
    this.width = new Width(settings.connections());
    RandomGenerator random = RandomGenerator.getDefault();
    for (int n = 0; n < manifest.files().size(); n++) {
      String retryKey = manifest.idempotencyKey() + "-retry-" + n;
      files.add(new FileRun(desk, manifest.files().get(n), retryKey, random));
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
        base.waitingFor());
  }

  /** Runs to the end: every file done or given up, or the server out of reach. */
  public UploadEnd run() throws InterruptedException {
    try {
      start();
      while (unreachable == null && !files.stream().allMatch(FileRun::ended)) {
        mailbox.work(TICK);
        drive(System.nanoTime());
        saveWhenDue();
        progress = measure();
      }
      return new UploadEnd(manifest, unreachable);
    } finally {
      questions.shutdownNow();
      files.forEach(FileRun::close);
      save();
    }
  }

  private void start() {
    if (manifest.taskId() == null) {
      create();
    }
    for (FileRun file : files) {
      if (file.entry().state() == FileState.OPEN) {
        file.recall();
        file.talk().takeUp();
      }
    }
  }

  private void create() {
    List<FileEntry> planned = manifest.files();
    int first = Math.max(1, Math.min(2 * settings.connections(), MOST_FIRST_URLS / planned.size()));
    desk.ask(
        Question.create(
            new Command.CreateSession(
                desk.projectId(),
                manifest.taskName(),
                "device",
                UUID.fromString(manifest.deviceId()),
                null,
                null,
                planned.stream().map(UploadRun::object).toList(),
                Map.of(),
                new Command.PresignFirst(first, null, Command.Encoding.COMPACT)),
            manifest.idempotencyKey()),
        this::created,
        refused ->
            files.forEach(
                file -> file.end(FileState.REFUSED, refused.code() + ": " + explained(refused))));
  }

  private static Command.NewObject object(FileEntry file) {
    return new Command.NewObject(
        null,
        file.objectName(),
        file.stamp().sizeBytes(),
        null,
        file.requestedPartSizeBytes(),
        file.checksumSha256(),
        Map.of());
  }

  private void created(Result.UploadTask task, Duration took) {
    manifest = manifest.withTask(task.taskId().toString());
    for (int n = 0; n < Math.min(files.size(), task.objects().size()); n++) {
      files
          .get(n)
          .talk()
          .opened(task.taskId().toString(), task.objects().get(n), task.createdAt(), took);
    }
    urgent = true;
  }

  /** Field errors say more than the message above them. */
  private static String explained(ErrorBody error) {
    return error.details().get("errors") instanceof List<?> errors && !errors.isEmpty()
        ? error.message() + " " + errors
        : error.message();
  }

  private void drive(long now) {
    if (now - heldLookedAt >= 500_000_000L) {
      heldLookedAt = now;
      held = place.spool().held(manifest.uploadId());
    }
    adapt(now);
    for (FileRun file : files) {
      file.drive(now, held);
      while (underWay < width.now() && file.sendNext(now)) {
        // as many as may be under way
      }
    }
    windowFull &= underWay >= width.now();
  }

  private void adapt(long now) {
    if (now - windowStart < WINDOW.toNanos()) {
      return;
    }
    if (complained) {
      width.complained();
    } else if (windowFull) {
      width.measured((meter.movedBytes() - windowBytes) * 1e9 / (now - windowStart));
    }
    windowStart = now;
    windowBytes = meter.movedBytes();
    windowFull = true;
    complained = false;
  }

  private void saveWhenDue() {
    boolean due = System.nanoTime() - savedAt >= settings.checkpoint().toNanos();
    if (urgent || (dirty && due)) {
      save();
    }
  }

  private void save() {
    manifest = manifest.withFiles(files.stream().map(FileRun::entry).toList());
    savedAt = System.nanoTime();
    try {
      place.spool().save(manifest);
      dirty = false;
      urgent = false;
      unsaved = false;
    } catch (IOException e) {
      if (!unsaved) {
        desk.tell(new Warned(manifest.taskName(), "the manifest cannot be saved: " + e));
      }
      unsaved = true; // the store and the server still know; the next checkpoint tries again
      urgent = false;
    }
  }

  private UploadProgress measure() {
    FileRun current = files.getFirst();
    int parts = 0;
    int stored = 0;
    long bytes = 0;
    String waiting = null;
    for (FileRun file : files) {
      current = current.ended() ? file : current;
      parts += file.partCount();
      stored += file.storedParts();
      bytes += file.storedBytes();
      waiting = file.waitingFor() == null ? waiting : file.waitingFor();
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
        underWay > 0 ? null : held ? "paused on this machine" : waiting);
  }

  private static ExecutorService questionThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            QUESTIONS_AT_ONCE,
            QUESTIONS_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("question-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** What the files use; everything comes back through the mailbox. */
  private final class Background implements Desk {

    @Override
    public <R> void ask(
        Question<R> question, BiConsumer<R, Duration> done, Consumer<ErrorBody> refused) {
      questions.execute(() -> {
        long start = System.nanoTime();
        try {
          Answer<R> answer = place.server().ask(question);
          Duration took = Duration.ofNanos(System.nanoTime() - start);
          mailbox.post(() -> {
            switch (answer) {
              case Answer.Done<R>(R result) -> done.accept(result, took);
              case Answer.Refused<R>(ErrorBody error) -> refused.accept(error);
            }
          });
        } catch (UnreachableException e) {
          mailbox.post(() -> unanswered(e, () -> ask(question, done, refused)));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt(); // the run is over
        }
      });
    }

    /** As long as bytes move, the server may be away. */
    private void unanswered(UnreachableException why, Runnable again) {
      boolean urlsLeft = files.stream().anyMatch(file -> file.urls().size() > 0);
      if (underWay > 0 || (urlsLeft && !held)) {
        mailbox.after(Duration.ofSeconds(1), again);
      } else {
        unreachable = String.valueOf(why.getMessage());
      }
    }

    @Override
    public void send(Sending sending) {
      underWay++;
      long start = System.nanoTime();
      AtomicLong moved = new AtomicLong();
      PartPut put =
          new PartPut(
              sending.url().url(),
              sending.url().headers(),
              sending.file(),
              sending.offset(),
              sending.length());
      var _ =
          place
              .store()
              .put(
                  put,
                  bytes -> {
                    moved.addAndGet(bytes);
                    meter.moved(bytes);
                  })
              .thenAccept(outcome ->
                  mailbox.post(() -> {
                    underWay--;
                    meter.settled(moved.get());
                    sending.heard().outcome(outcome, Duration.ofNanos(System.nanoTime() - start));
                  }));
    }

    @Override
    public void after(Duration wait, Runnable what) {
      mailbox.after(wait, what);
    }

    @Override
    public void tell(UploadStep step) {
      if (step instanceof UploadStep.Again) {
        meter.retried();
      }
      place.listener().step(step);
    }

    @Override
    public void changed() {
      dirty = true;
    }

    @Override
    public void changedForGood() {
      dirty = true;
      urgent = true;
    }

    @Override
    public void complained() {
      complained = true;
    }

    @Override
    public UploadSettings settings() {
      return settings;
    }

    @Override
    public ServerClock clock() {
      return clock;
    }

    @Override
    public UUID projectId() {
      return UUID.fromString(manifest.projectId());
    }

    @Override
    public @Nullable String taskId() {
      return manifest.taskId();
    }
  }
}

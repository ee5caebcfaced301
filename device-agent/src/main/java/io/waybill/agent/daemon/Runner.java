package io.waybill.agent.daemon;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.queue.Ticket;
import io.waybill.agent.queue.Turns;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.spool.WholeSum;
import io.waybill.agent.transfer.PartStore;
import io.waybill.agent.upload.UploadEnd;
import io.waybill.agent.upload.UploadListener;
import io.waybill.agent.upload.UploadRun;
import io.waybill.agent.upload.UploadSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs uploads beside each other, each on a thread of its own, over one store. */
final class Runner implements AutoCloseable {

  private static final long STUCK = Duration.ofMinutes(2).toNanos();
  private static final Duration WRITING_DOWN = Duration.ofSeconds(3);

  /**
   * What runs have in common.
   *
   * @param store of all, within their common speed limit
   * @param summed directories, as manifests have them, whose files are summed before they are sent
   * @param slower a store of its own, for an upload with a limit of its own
   */
  record Place(
      Spool spool,
      ControlPlane server,
      PartStore store,
      LongFunction<PartStore> slower,
      Set<String> summed,
      UploadListener listener,
      UploadSettings settings) {}

  /**
   * How a run ended.
   *
   * @param manifest null when nobody could read it
   * @param why it is not finished; null when it is
   * @param moved whether it came further
   */
  record Ended(String uploadId, @Nullable Manifest manifest, @Nullable String why, boolean moved) {}

  private final Place place;
  private final Turns turns;
  private final Consumer<Ended> onEnd;
  private final Consumer<Throwable> onBug;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  Runner(Place place, Turns turns, Consumer<Ended> onEnd, Consumer<Throwable> onBug) {
    this.place = place;
    this.turns = turns;
    this.onEnd = onEnd;
    this.onBug = onBug;
  }

  /** One upload under way. */
  private static final class Running {
    private final Thread thread;
    private volatile @Nullable UploadRun run;
    private volatile @Nullable String evicted;
    private long waitsSince;

    private Running(Thread thread) {
      this.thread = thread;
    }
  }

  void start(Ticket ticket) {
    String id = ticket.uploadId();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("upload-" + id.substring(0, Math.min(8, id.length())))
            .unstarted(() -> onEnd.accept(end(ticket)));
    running.put(id, new Running(thread));
    thread.start();
  }

  /** Ends the run of one upload, which writes down how far it is. */
  void letGo(String uploadId, String why) {
    Running one = running.get(uploadId);
    if (one != null) {
      letGo(one, why);
    }
  }

  private static void letGo(Running one, String why) {
    if (one.evicted == null) {
      one.evicted = why;
      one.thread.interrupt();
    }
  }

  /** Whatever happens to one upload, the others go on. */
  private Ended end(Ticket ticket) {
    String id = ticket.uploadId();
    try {
      return locked(ticket);
    } catch (IOException e) {
      return new Ended(id, null, "it cannot be worked on: " + DiskTrouble.words(e), false);
    } catch (InterruptedException e) {
      Running mine = running.get(id);
      String why = mine == null ? null : mine.evicted;
      return new Ended(id, null, why == null ? "interrupted" : why, false);
    } catch (RuntimeException bug) {
      onBug.accept(bug);
      return new Ended(id, null, "a fault of the agent: " + bug, false);
    } finally {
      turns.leave(id);
      running.remove(id);
    }
  }

  private Ended locked(Ticket ticket) throws IOException, InterruptedException {
    String id = ticket.uploadId();
    Optional<SpoolLock> free = place.spool().lock(id);
    if (free.isEmpty()) {
      return new Ended(id, null, "another process works on it", false);
    }
    try (SpoolLock _ = free.get()) {
      Optional<Manifest> planned = place.spool().read(id);
      return planned.isEmpty()
          ? new Ended(id, null, null, false) // nobody wants it any more
          : run(ticket, summed(planned.get().withStanding(null)));
    }
  }

  /**
   * With the sum of every file, where the local ones are to go: a receipt then has one to compare
   * them with, whatever the store keeps. It is on the disk before the first request, which has to
   * be the same whenever it is repeated.
   */
  private Manifest summed(Manifest manifest) throws IOException {
    String watched = manifest.watched();
    boolean wanted = watched != null && place.summed().contains(watched);
    if (!wanted || manifest.taskId() != null || manifest.finished()) {
      return manifest;
    }
    List<FileEntry> files = new ArrayList<>();
    for (FileEntry file : manifest.files()) {
      files.add(file.checksumSha256() == null ? file.withChecksum(WholeSum.of(file.file())) : file);
    }
    Manifest summed = manifest.withFiles(files);
    place.spool().save(summed);
    return summed;
  }

  private Ended run(Ticket ticket, Manifest manifest) throws IOException, InterruptedException {
    Long limit = manifest.maxBytesPerSecond();
    if (limit == null) {
      return run(ticket, manifest, place.store());
    }
    try (PartStore own = place.slower().apply(limit)) {
      return run(ticket, manifest, own);
    }
  }

  private Ended run(Ticket ticket, Manifest manifest, PartStore store)
      throws IOException, InterruptedException {
    UploadRun run =
        new UploadRun(
            manifest,
            new UploadRun.Place(
                place.spool(), place.server(), store, place.listener(), turns.enter(ticket)),
            place.settings());
    Running mine = running.get(ticket.uploadId());
    if (mine != null) {
      mine.run = run;
    }
    UploadEnd end = run.run();
    Manifest after = end.manifest();
    String why = after.finished() ? null : reason(end);
    if (why != null) {
      place.spool().save(after.withStanding(why));
    }
    return new Ended(ticket.uploadId(), after, why, after.sentBytes() > manifest.sentBytes());
  }

  private static String reason(UploadEnd end) {
    String why = end.turnedAway() == null ? end.unreachable() : end.turnedAway();
    return why == null ? "it could not go on" : why;
  }

  /** Lets go of uploads that have not moved for a while; others want their places. */
  void letGoOfStuck(long now) {
    for (Running each : List.copyOf(running.values())) {
      UploadRun run = each.run;
      Waiting waiting = run == null ? null : run.progress().waiting();
      if (waiting == null) {
        each.waitsSince = now;
      } else if (each.waitsSince == 0) {
        each.waitsSince = now;
      } else if (now - each.waitsSince >= STUCK) {
        letGo(each, waiting.reason());
      }
    }
  }

  /** Ends them all; each writes down how far it is. */
  @Override
  public void close() {
    List<Running> all = List.copyOf(running.values());
    all.forEach(each -> each.thread.interrupt());
    try {
      for (Running each : all) {
        each.thread.join(WRITING_DOWN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.waybill.agent.keep;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Round;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Kept;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.watch.Reading;
import io.waybill.agent.watch.Watcher;
import io.waybill.wire.Command;
import io.waybill.wire.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sees to local files whose uploads have ended, on a thread of its own: a large file takes its time
 * to be read once more.
 */
public final class Keeper implements AutoCloseable {

  private static final int EVERY_SECONDS = 5;

  /** For what it is at; what it has not come to is done by the next one. */
  private static final int ENDING_SECONDS = 2;

  /** Finished uploads of watched directories that stay for {@code status}. */
  private static final int FINISHED_KEPT = 50;

  /** Where it works. */
  public record Place(
      Spool spool, ControlPlane server, InstantSource clock, Consumer<String> say) {}

  private final Place place;
  private final Function<WatchEntry, Reading> reading;
  private final Map<String, WatchEntry> entries = new HashMap<>();
  private final Map<String, Keeping> keepings = new HashMap<>();
  private final ArrayDeque<String> seenTo = new ArrayDeque<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("keeper").factory());

  /**
   * Looks after these directories from now on.
   *
   * @param reading what a directory held when it was last read
   */
  public Keeper(
      List<WatchEntry> watched,
      PinnedKeys keys,
      Path state,
      Place place,
      Function<WatchEntry, Reading> reading)
      throws IOException {
    this.place = place;
    this.reading = reading;
    for (WatchEntry entry : watched) {
      if (entry.removes()) {
        String directory = LocalPath.stored(entry.directory());
        Kept kept = Kept.open(Watcher.placeOf(entry, state).resolve("kept"));
        entries.put(directory, entry);
        keepings.put(directory, new Keeping(entry, keys, kept, place.say()));
      }
    }
    var _ = thread.scheduleWithFixedDelay(Round.of(this::tidy), 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** An upload has ended, now or in an earlier life of this process. */
  public void ended(Manifest upload) {
    thread.execute(Round.of(() -> see(upload)));
  }

  private void see(Manifest upload) {
    try {
      judge(upload);
    } catch (IOException e) {
      place.say().accept(trouble(e)); // its manifest is there, and is judged at the next start
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void judge(Manifest upload) throws IOException, InterruptedException {
    Keeping keeping = upload.watched() == null ? null : keepings.get(upload.watched());
    if (keeping != null) {
      Manifest sealed = sealed(upload);
      if (!sealed.equals(upload)) {
        place.spool().save(sealed); // a receipt that was asked for again
      }
      String stays = keeping.stored(place.spool(), sealed, place.clock().instant());
      if (stays != null) {
        place.spool().save(sealed.withFiles(reasoned(sealed, stays)));
      }
    }
    if (upload.watched() != null) {
      seenTo.add(upload.uploadId());
      if (seenTo.size() > FINISHED_KEPT) {
        place.spool().forget(seenTo.remove());
      }
    }
  }

  private static List<FileEntry> reasoned(Manifest upload, String stays) {
    return upload.files().stream()
        .map(file ->
            file.state() == FileState.DONE
                ? file.ended(FileState.DONE, "the local file stays: " + stays)
                : file)
        .toList();
  }

  /**
   * Asks for receipts that got lost with the answers they were in; asking again completes nothing
   * twice.
   */
  private Manifest sealed(Manifest upload) throws InterruptedException {
    List<FileEntry> files = new ArrayList<>();
    for (FileEntry file : upload.files()) {
      ServerSide session = file.server();
      boolean lacks = file.state() == FileState.DONE && file.receipt() == null && session != null;
      files.add(lacks && session != null ? sealed(upload, file, session) : file);
    }
    return upload.withFiles(files);
  }

  private FileEntry sealed(Manifest upload, FileEntry file, ServerSide session)
      throws InterruptedException {
    Command.CompleteUpload again =
        new Command.CompleteUpload(
            UUID.fromString(session.sessionId()), List.of(), file.checksumSha256());
    try {
      return place.server().ask(Question.complete(UUID.fromString(upload.projectId()), again))
              instanceof Answer.Done<Result.Completed>(Result.Completed done)
          ? file.withReceipt(done.receipt())
          : file;
    } catch (UnreachableException e) {
      return file; // its local file stays
    }
  }

  private void tidy() {
    keepings.forEach((directory, keeping) -> {
      try {
        Instant now = place.clock().instant();
        WatchEntry entry = entries.get(directory);
        if (entry != null) {
          keeping.tidy(now, reading.apply(entry));
        }
      } catch (IOException e) {
        place.say().accept(trouble(e));
      }
    });
  }

  private static String trouble(IOException e) {
    return "local files cannot be seen to now: " + DiskTrouble.words(e);
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.Directories;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Watches directories: by events, and because events get lost, by reading them as a whole from time
 * to time. Used by one thread.
 */
public final class Watcher implements AutoCloseable {

  private static final Duration MISSING = Duration.ofSeconds(5);
  private static final Duration ROOM = Duration.ofMinutes(1);
  private static final Duration LOST = Duration.ofSeconds(10);
  private static final Duration NEXT_ROUND = Duration.ofSeconds(2);

  private final WatchService events;
  private final Duration rescan;
  private final Consumer<String> say;
  private final List<Eye> eyes = new ArrayList<>();
  private final Map<WatchKey, Eye> keys = new HashMap<>();
  private boolean blind;

  /** One directory, and when it is read next. */
  private static final class Eye {
    private final WatchedDirectory directory;
    private long scanAt;
    private long scannedAt;

    private Eye(WatchedDirectory directory, long scanAt) {
      this.directory = directory;
      this.scanAt = scanAt;
      this.scannedAt = scanAt;
    }
  }

  private Watcher(WatchService events, Duration rescan, Consumer<String> say) {
    this.events = events;
    this.rescan = rescan;
    this.say = say;
  }

  /**
   * Begins to watch; the first poll reads everything.
   *
   * @param state where is remembered what was taken
   * @param say hears what is in the way, in words for a person
   */
  public static Watcher open(
      List<WatchEntry> entries, Path state, Duration rescan, Consumer<String> say, long now)
      throws IOException {
    Watcher watcher = new Watcher(FileSystems.getDefault().newWatchService(), rescan, say);
    Set<Path> others = new LinkedHashSet<>();
    for (WatchEntry entry : entries) {
      others.add(entry.directory());
      if (entry.moveTo() != null) {
        others.add(entry.moveTo());
      }
    }
    for (WatchEntry entry : entries) {
      watcher.add(entry, placeOf(entry, state), others, now);
    }
    return watcher;
  }

  /** Where is remembered what concerns one directory. */
  public static Path placeOf(WatchEntry entry, Path state) throws IOException {
    byte[] name = LocalPath.stored(entry.directory()).getBytes(StandardCharsets.UTF_8);
    String key = HexFormat.of().formatHex(WholeSum.digest().digest(name), 0, 8);
    Path place = state.resolve("watch").resolve(key);
    Directories.make(place);
    return place;
  }

  private void add(WatchEntry entry, Path place, Set<Path> others, long now) throws IOException {
    Eye[] eye = new Eye[1];
    WatchedDirectory directory =
        new WatchedDirectory(
            entry,
            Marks.open(place.resolve("known")),
            others::contains,
            new WatchedDirectory.Ear() {
              @Override
              public void folder(Path folder) {
                register(eye[0], folder);
              }

              @Override
              public void trouble(String words) {
                say.accept(words);
              }
            });
    eye[0] = new Eye(directory, now);
    eyes.add(eye[0]);
  }

  private void register(Eye eye, Path folder) {
    try {
      WatchKey key =
          folder.register(
              events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      keys.put(key, eye);
    } catch (IOException e) {
      if (!blind && Files.isDirectory(folder)) {
        blind = true;
        say.accept(
            LocalPath.text(folder)
                + " gives no events ("
                + e.getMessage()
                + "); it is read every "
                + rescan.toSeconds()
                + " s");
      }
    }
  }

  /**
   * What is whole by now and was not taken before. Whoever takes it says so by {@link #taken}; what
   * nobody took is found again.
   *
   * @param room for how many files of a directory there is room
   * @param busy what is being uploaded still, in an earlier state
   */
  public List<Batch> poll(long now, ToIntFunction<WatchEntry> room, Predicate<Path> busy) {
    takeEvents(now);
    List<Batch> whole = new ArrayList<>();
    for (Eye eye : eyes) {
      if (now - eye.scanAt >= 0) {
        boolean readable = eye.directory.scan(now);
        eye.scannedAt = now;
        eye.scanAt = now + (readable ? period(eye.directory.entry()) : MISSING).toNanos();
      }
      whole.addAll(eye.directory.whole(now, room.applyAsInt(eye.directory.entry()), busy));
      if (eye.directory.wantsScan()) {
        eye.scanAt = Math.min(eye.scanAt, now + NEXT_ROUND.toNanos());
      }
    }
    return whole;
  }

  /** Where room is short, it is looked at more often how much there is. */
  private Duration period(WatchEntry entry) {
    boolean often = entry.maxLocalBytes() != null && rescan.compareTo(ROOM) > 0;
    return often ? ROOM : rescan;
  }

  private void takeEvents(long now) {
    for (WatchKey key = events.poll(); key != null; key = events.poll()) {
      Eye eye = keys.get(key);
      Set<Path> names = new LinkedHashSet<>();
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.context() instanceof Path name && key.watchable() instanceof Path folder) {
          names.add(folder.resolve(name));
        } else if (eye != null) {
          eye.scanAt = Math.min(eye.scanAt, eye.scannedAt + LOST.toNanos()); // too many at once
        }
      }
      if (eye != null) {
        names.forEach(name -> eye.directory.look(name, now));
      }
      if (!key.reset()) {
        keys.remove(key);
      }
    }
  }

  /** These were taken: in the state in which they were found, they are not found again. */
  public void taken(WatchEntry entry, List<Found> files) throws IOException {
    for (Eye eye : eyes) {
      if (eye.directory.entry().equals(entry)) {
        eye.directory.taken(files);
      }
    }
  }

  /** Reads everything at the next poll. */
  public void rescan(long now) {
    eyes.forEach(eye -> eye.scanAt = now);
  }

  /** What a directory held when it was last read as a whole; from any thread. */
  public Reading reading(WatchEntry entry) {
    return eyes.stream()
        .filter(eye -> eye.directory.entry().equals(entry))
        .map(eye -> eye.directory.reading())
        .findFirst()
        .orElseGet(() -> new Reading(0, 0));
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}

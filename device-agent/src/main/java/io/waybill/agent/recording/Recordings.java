package io.waybill.agent.recording;

import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * When recordings begin and end, where their own index says so. That is a few kilobytes of each,
 * whatever its size, and of all together not more than this.
 */
public final class Recordings {

  private static final long MOST_OF_ONE = 2 << 20;
  private static final long MOST_OF_ALL = 32 << 20;

  private static final String DATABASE = ".db3";
  private static final Map<String, Kind> KINDS =
      Map.of(
          "mcap",
          window -> new McapTimes(window).read(),
          "bag",
          window -> new BagTimes(window).read(),
          "db3",
          window -> new Db3Times(window).read());

  private final Opening opening;
  private long left = MOST_OF_ALL;

  public Recordings() {
    this(file -> FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  Recordings(Opening opening) {
    this.opening = opening;
  }

  /** Knows where a recording has its times. */
  private interface Kind {
    TimeRange read(Window window) throws IOException;
  }

  /** How a file is opened. */
  interface Opening {
    FileChannel open(Path file) throws IOException;
  }

  /**
   * The times of those files that say them. It is done after so long: who becomes a FIFO between a
   * look and the opening holds back whoever opens it, and nothing ends that.
   *
   * @param files as {@link #timesOf} wants them
   */
  public Map<Path, TimeRange> timesOf(List<Path> files, Duration most) {
    Map<Path, TimeRange> found = new ConcurrentHashMap<>();
    Thread reader = Thread.ofPlatform().daemon().name("recordings").start(() -> read(files, found));
    try {
      reader.join(most);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    reader.interrupt();
    return Map.copyOf(found);
  }

  private void read(List<Path> files, Map<Path, TimeRange> found) {
    for (Path file : files) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      timesOf(file).ifPresent(times -> found.put(file, times));
    }
  }

  /**
   * The times of a regular file; empty when it is no recording, or does not say.
   *
   * @param file its real path: where a link is in the way now, it is another file
   */
  Optional<TimeRange> timesOf(Path file) {
    String name = file.toString();
    Kind kind = KINDS.get(name.substring(name.lastIndexOf('.') + 1));
    if (kind == null || !isRegular(file) || (name.endsWith(DATABASE) && isBeingWritten(file))) {
      return Optional.empty();
    }
    try (FileChannel channel = opening.open(file)) {
      if (!isRegular(file)) {
        return Optional.empty(); // it was replaced meanwhile
      }
      long most = Math.min(left, MOST_OF_ONE);
      Window window = new Window(channel, most);
      try {
        return Optional.of(kind.read(window));
      } finally {
        left -= most - window.left();
      }
    } catch (IOException e) {
      return Optional.empty(); // being written, cut off, or something else: it is a file, too
    }
  }

  /** What was written last is beside it. */
  private static boolean isBeingWritten(Path database) {
    return Stream.of("-wal", "-journal")
        .map(end -> LocalPath.of(LocalPath.text(database) + end).toFile())
        .anyMatch(beside -> beside.length() > 0);
  }

  private static boolean isRegular(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && file.toRealPath().equals(file);
    } catch (IOException e) {
      return false; // it went away
    }
  }
}

package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.config.WatchEntry.Group;
import io.waybill.agent.config.WatchEntry.Settle;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Files that are new, and perhaps not whole yet; so many at most, the others wait on the disk. */
final class Pending {

  static final int MOST = 2_000;

  private record Sighting(FileStamp stamp, long since) {}

  private final WatchEntry entry;
  private final MarkerNames markers;
  private final Map<Path, Sighting> files = new LinkedHashMap<>();

  Pending(WatchEntry entry, MarkerNames markers) {
    this.entry = entry;
    this.markers = markers;
  }

  int size() {
    return files.size();
  }

  /**
   * A new file was seen.
   *
   * @return false when there is no room for it
   */
  boolean seen(Path file, FileStamp stamp, long now) {
    Sighting before = files.get(file);
    if (before == null && files.size() >= MOST) {
      return false;
    }
    if (before == null || !before.stamp().equals(stamp)) {
      files.put(file, new Sighting(stamp, now));
    }
    return true;
  }

  void gone(Path file) {
    files.remove(file);
  }

  /**
   * Takes out what is whole by now, as the uploads that it becomes.
   *
   * @param room for so many uploads
   * @param busy what is being uploaded still, in an earlier state
   */
  List<Batch> whole(long now, int room, Predicate<Path> busy) {
    Map<Path, List<Found>> groups = new LinkedHashMap<>();
    Map<Path, Boolean> unsettled = new LinkedHashMap<>();
    for (Path file : List.copyOf(files.keySet())) {
      Path group = groupOf(file);
      Found found = settled(file, now, busy);
      if (found == null) {
        unsettled.put(group, true);
      } else if (groups.size() < room || groups.containsKey(group)) {
        groups.computeIfAbsent(group, any -> new ArrayList<>()).add(found);
      }
    }
    groups.keySet().removeAll(unsettled.keySet());
    List<Batch> batches = new ArrayList<>();
    groups.forEach((group, found) -> batches.addAll(batches(group, found)));
    return batches;
  }

  private List<Batch> batches(Path group, List<Found> found) {
    List<Batch> batches = new ArrayList<>();
    String name = markers.taskName(group);
    for (int from = 0; from < found.size(); from += Manifest.MAX_FILES) {
      int to = Math.min(found.size(), from + Manifest.MAX_FILES);
      String numbered = from == 0 ? name : name + " (" + (from / Manifest.MAX_FILES + 1) + ")";
      batches.add(new Batch(entry, numbered, found.subList(from, to)));
    }
    for (Found each : found) {
      files.remove(each.path());
    }
    return batches;
  }

  private Path groupOf(Path file) {
    if (entry.group() == Group.DIRECTORY) {
      return Objects.requireNonNull(file.getParent());
    }
    Path marked = entry.group() == Group.MARKER ? markers.groupOf(file) : null;
    return marked == null ? file : marked;
  }

  /** The file, when it is whole as it is now. */
  private @Nullable Found settled(Path file, long now, Predicate<Path> busy) {
    Sighting seen = Objects.requireNonNull(files.get(file));
    boolean aged =
        entry.settle() != Settle.AGE || now - seen.since() >= entry.settleFor().toNanos();
    if (!aged) {
      return null;
    }
    FileStamp stamp = stamp(file);
    if (stamp == null) {
      files.remove(file);
      return null;
    }
    boolean same = entry.settle() != Settle.AGE || stamp.equals(seen.stamp());
    if (!same || busy.test(file)) {
      files.put(file, new Sighting(stamp, now));
      return null;
    }
    return new Found(file, stamp);
  }

  private static @Nullable FileStamp stamp(Path file) {
    try {
      return Seen.at(file) instanceof Seen.File(FileStamp stamp) ? stamp : null;
    } catch (IOException e) {
      return null; // gone; when it comes back, it is seen again
    }
  }
}

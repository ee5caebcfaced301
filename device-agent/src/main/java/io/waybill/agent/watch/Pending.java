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

  /** Of more small ones that are whole at once, up to a hundred become one task. */
  private static final int CROWD = 10;

  /** The smallest part that a store takes: one part, one URL. */
  private static final long SMALL = 5L << 20;

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
   * @param room for so many files, or groups of them
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
    List<List<Found>> crowds = crowds(groups);
    crowds.forEach(crowd -> crowd.forEach(file -> groups.remove(file.path())));
    List<Batch> batches = new ArrayList<>();
    groups.forEach((group, found) -> batches.addAll(batches(group, found)));
    for (List<Found> crowd : crowds) {
      batches.add(new Batch(entry, crowdName(crowd), crowd));
    }
    batches.forEach(batch -> batch.files().forEach(file -> files.remove(file.path())));
    return batches;
  }

  /**
   * Small files of one folder that would be a task each. A device may ask for URLs so often in a
   * minute, whether for one file or for a hundred.
   */
  private List<List<Found>> crowds(Map<Path, List<Found>> groups) {
    if (entry.group() != Group.FILE) {
      return List.of();
    }
    Map<Path, List<Found>> folders = new LinkedHashMap<>();
    groups.values().stream()
        .flatMap(List::stream)
        .filter(file -> file.stamp().sizeBytes() <= SMALL)
        .forEach(file ->
            folders.computeIfAbsent(folder(file.path()), any -> new ArrayList<>()).add(file));
    return folders.values().stream()
        .filter(small -> small.size() > CROWD)
        .flatMap(small -> hundreds(small).stream())
        .toList();
  }

  private String crowdName(List<Found> files) {
    String first = markers.taskName(files.getFirst().path());
    return files.size() == 1 ? first : first + " and " + (files.size() - 1) + " more";
  }

  private List<Batch> batches(Path group, List<Found> found) {
    List<Batch> batches = new ArrayList<>();
    String name = markers.taskName(group);
    for (List<Found> some : hundreds(found)) {
      String numbered = batches.isEmpty() ? name : name + " (" + (batches.size() + 1) + ")";
      batches.add(new Batch(entry, numbered, some));
    }
    return batches;
  }

  /** As many at a time as one task may have. */
  private static List<List<Found>> hundreds(List<Found> found) {
    List<List<Found>> parts = new ArrayList<>();
    for (int from = 0; from < found.size(); from += Manifest.MAX_FILES) {
      parts.add(found.subList(from, Math.min(found.size(), from + Manifest.MAX_FILES)));
    }
    return parts;
  }

  private Path groupOf(Path file) {
    if (entry.group() == Group.DIRECTORY) {
      return folder(file);
    }
    Path marked = entry.group() == Group.MARKER ? markers.groupOf(file) : null;
    return marked == null ? file : marked;
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.getParent());
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

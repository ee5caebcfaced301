package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import java.util.List;

/** Which names of a watched directory are taken. Hidden files and markers never are. */
final class Sieve {

  private final List<Glob> include;
  private final List<Glob> exclude;
  private final String marker;

  Sieve(WatchEntry entry) {
    this.include = entry.include().stream().map(Glob::new).toList();
    this.exclude = entry.exclude().stream().map(Glob::new).toList();
    this.marker = entry.settle() == WatchEntry.Settle.MARKER ? entry.marker() : "";
  }

  /** Whether a file is taken, by its path below the directory. */
  boolean takes(String relative) {
    return !hidden(relative)
        && !isMarker(relative)
        && (include.isEmpty() || include.stream().anyMatch(glob -> glob.matches(relative)))
        && exclude.stream().noneMatch(glob -> glob.matches(relative));
  }

  /** Whether a folder is looked into. */
  boolean enters(String relative) {
    return !hidden(relative) && exclude.stream().noneMatch(glob -> glob.matches(relative));
  }

  boolean isMarker(String relative) {
    return !marker.isEmpty() && relative.endsWith(marker);
  }

  private static boolean hidden(String relative) {
    return relative.startsWith(".", relative.lastIndexOf('/') + 1);
  }
}

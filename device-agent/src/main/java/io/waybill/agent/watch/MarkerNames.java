package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.LocalPath;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What markers say. {@code run.mcap.done} is about {@code run.mcap}; where markers make groups,
 * {@code run.done} is about every {@code run.…}, {@code run_…} and {@code run-…} beside it; and the
 * marker's name alone is about its whole folder.
 */
final class MarkerNames {

  private static final String BEHIND_STEM = "._-";

  private final WatchEntry entry;

  MarkerNames(WatchEntry entry) {
    this.entry = entry;
  }

  /** Whether a marker says that this file is whole. */
  boolean marks(Path file) {
    return entry.group() == WatchEntry.Group.MARKER
        ? groupOf(file) != null
        : there(sibling(file, LocalPath.name(file) + entry.marker()))
            || there(sibling(file, entry.marker()));
  }

  /** The marker that this file belongs to, the longest name first; null while there is none. */
  @Nullable Path groupOf(Path file) {
    String name = LocalPath.name(file);
    for (int end = name.length(); end > 0; end--) {
      boolean stem = end == name.length() || BEHIND_STEM.indexOf(name.charAt(end)) >= 0;
      Path marker = stem ? sibling(file, name.substring(0, end) + entry.marker()) : null;
      if (marker != null && there(marker)) {
        return marker;
      }
    }
    Path folder = sibling(file, entry.marker());
    return there(folder) ? folder : null;
  }

  /** What people call the task that a group becomes. */
  String taskName(Path group) {
    String name = LocalPath.name(group);
    if (entry.group() != WatchEntry.Group.MARKER || !name.endsWith(entry.marker())) {
      return name;
    }
    return name.equals(entry.marker())
        ? LocalPath.name(Objects.requireNonNull(group.getParent()))
        : name.substring(0, name.length() - entry.marker().length());
  }

  /** The one file that a marker is about, when it is about one. */
  @Nullable Path onlyOne(Path marker) {
    String name = LocalPath.name(marker);
    boolean one = entry.group() == WatchEntry.Group.FILE && name.length() > entry.marker().length();
    return one ? sibling(marker, name.substring(0, name.length() - entry.marker().length())) : null;
  }

  private static Path sibling(Path file, String name) {
    return LocalPath.of(LocalPath.text(Objects.requireNonNull(file.getParent())) + "/" + name);
  }

  private static boolean there(Path marker) {
    return Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS);
  }
}

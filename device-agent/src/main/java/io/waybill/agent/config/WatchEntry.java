package io.waybill.agent.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One watched directory.
 *
 * @param include globs of what is taken; empty for everything
 * @param project null for the configured one
 * @param settleFor how long a file must stay as it is, where age settles it
 * @param marker the name, or the end of the name, that says that a file or a directory is whole
 * @param priority from 0 to 9; the higher goes first
 * @param moveTo where uploaded files go; null unless they are moved
 * @param keepFor how long an uploaded file stays before it is deleted or moved
 * @param maxLocalBytes above which the oldest uploaded files are deleted; null for no limit
 */
public record WatchEntry(
    Path directory,
    List<String> include,
    List<String> exclude,
    @Nullable UUID project,
    Group group,
    Settle settle,
    Duration settleFor,
    String marker,
    int priority,
    AfterUpload afterUpload,
    @Nullable Path moveTo,
    Duration keepFor,
    @Nullable Long maxLocalBytes) {

  public static final int MOST_PRIORITY = 9;
  public static final int DEFAULT_PRIORITY = 5;

  public WatchEntry {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** What becomes one task. */
  public enum Group {
    /** Every file by itself. */
    FILE,
    /** The files of one directory. */
    DIRECTORY,
    /** The files that one marker names. */
    MARKER
  }

  /** When a file is whole. */
  public enum Settle {
    /** Its size and time have not changed for a while. */
    AGE,
    /** A marker stands beside it. */
    MARKER,
    /** As soon as it is there: whoever writes it renames it into place. */
    RENAME
  }

  /** What becomes of a local file that is stored, by a receipt that was verified. */
  public enum AfterUpload {
    KEEP,
    DELETE,
    MOVE
  }

  /** Whether it ever takes a file away. */
  public boolean removes() {
    return afterUpload != AfterUpload.KEEP || maxLocalBytes != null;
  }
}

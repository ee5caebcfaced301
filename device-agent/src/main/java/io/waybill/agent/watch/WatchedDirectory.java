package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.config.WatchEntry.Settle;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.FileStamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One watched directory: what in it was not taken before, and whether that is whole. */
final class WatchedDirectory {

  private static final int DEEPEST = 64;

  /** Who hears of what is met. */
  interface Ear {
    void folder(Path folder);

    /** Something of the disk is in the way; said once, until it is gone. */
    void trouble(String words);
  }

  private final WatchEntry entry;
  private final Sieve sieve;
  private final MarkerNames markers;
  private final Marks marks;
  private final Pending pending;
  private final Predicate<Path> skipped;
  private final Ear ear;
  private final Set<Path> troubled = new HashSet<>();
  private boolean leftOut;
  private volatile Reading reading = new Reading(0, 0);

  /**
   * Nothing is read yet.
   *
   * @param skipped folders that belong to somebody else
   */
  WatchedDirectory(WatchEntry entry, Marks marks, Predicate<Path> skipped, Ear ear) {
    this.entry = entry;
    this.marks = marks;
    this.skipped = skipped;
    this.ear = ear;
    this.sieve = new Sieve(entry);
    this.markers = new MarkerNames(entry);
    this.pending = new Pending(entry, markers);
  }

  WatchEntry entry() {
    return entry;
  }

  /** What lay there when it was last read as a whole; from any thread. */
  Reading reading() {
    return reading;
  }

  /** Whether a scan would find what there was no room for. */
  boolean wantsScan() {
    return leftOut && pending.size() < Pending.MOST / 2;
  }

  /** One reading of everything. */
  private static final class Scan {
    private final MarkSet present = new MarkSet();
    private long bytes;
    private boolean whole = true;
  }

  /**
   * Reads all of it.
   *
   * @return false while the directory itself cannot be read
   */
  boolean scan(long now) {
    leftOut = false;
    Scan scan = new Scan();
    boolean readable = walk(entry.directory(), 0, now, scan);
    reading = new Reading(scan.bytes, reading.number() + 1);
    if (scan.whole) {
      try {
        marks.keepOnly(scan.present);
      } catch (IOException e) {
        ear.trouble("what was uploaded cannot be written down: " + DiskTrouble.words(e));
      }
    }
    return readable;
  }

  private boolean walk(Path folder, int depth, long now, @Nullable Scan scan) {
    try {
      ear.folder(folder); // before it is read: what comes later is told
      List<Path> folders = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path each : entries) {
          look(each, now, folders, scan);
        }
      }
      troubled.remove(folder);
      for (Path each : folders) {
        if (depth < DEEPEST) {
          walk(each, depth + 1, now, scan);
        }
      }
      return true;
    } catch (DirectoryIteratorException e) {
      return unreadable(folder, Objects.requireNonNull(e.getCause()), scan);
    } catch (IOException e) {
      return unreadable(folder, e, scan);
    }
  }

  private boolean unreadable(Path folder, IOException why, @Nullable Scan scan) {
    boolean root = folder.equals(entry.directory());
    if ((root || !(why instanceof NoSuchFileException)) && troubled.add(folder)) {
      ear.trouble(LocalPath.text(folder) + " cannot be read: " + DiskTrouble.words(why));
    }
    if (scan != null) {
      scan.whole = false;
    }
    return false;
  }

  /** Something happened to this name. */
  void look(Path path, long now) {
    if (sieve.isMarker(relative(path))) {
      marker(path, now);
      return;
    }
    List<Path> folders = new ArrayList<>();
    look(path, now, folders, null);
    for (Path folder : folders) {
      walk(folder, 1, now, null);
    }
  }

  private void look(Path path, long now, List<Path> folders, @Nullable Scan scan) {
    try {
      String relative = relative(path);
      switch (Seen.at(path)) {
        case Seen.Folder() -> {
          if (sieve.enters(relative) && !skipped.test(path)) {
            folders.add(path);
          }
        }
        case Seen.File(FileStamp stamp) -> file(path, relative, stamp, now, scan);
        case Seen.Nothing() -> pending.gone(path);
      }
    } catch (IOException e) {
      pending.gone(path); // gone while we looked; or not ours to read, which its folder tells
    }
  }

  private void marker(Path marker, long now) {
    Path only = markers.onlyOne(marker);
    Path folder = marker.getParent();
    if (only != null) {
      look(only, now, new ArrayList<>(), null);
    } else if (folder != null) {
      walk(folder, DEEPEST, now, null);
    }
  }

  private void file(Path path, String relative, FileStamp stamp, long now, @Nullable Scan scan) {
    if (!sieve.takes(relative)) {
      return;
    }
    Marks.Mark mark = Marks.Mark.of(path, stamp);
    if (scan != null) {
      scan.present.add(mark.high(), mark.low());
      scan.bytes += stamp.sizeBytes();
    }
    boolean fresh = !marks.has(mark) && (entry.settle() != Settle.MARKER || markers.marks(path));
    if (fresh && !pending.seen(path, stamp, now)) {
      leftOut = true;
    }
  }

  List<Batch> whole(long now, int room, Predicate<Path> busy) {
    return pending.size() == 0 || room == 0 ? List.of() : pending.whole(now, room, busy);
  }

  /** These are somebody else's from now on. */
  void taken(List<Found> files) throws IOException {
    marks.add(files.stream().map(file -> Marks.Mark.of(file.path(), file.stamp())).toList());
  }

  private String relative(Path path) {
    String root = LocalPath.text(entry.directory());
    String text = LocalPath.text(path);
    return text.substring(root.equals("/") ? 1 : Math.min(text.length(), root.length() + 1));
  }
}

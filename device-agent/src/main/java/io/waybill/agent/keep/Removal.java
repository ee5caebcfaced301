package io.waybill.agent.keep;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.Directories;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.receipt.LocalProof;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.receipt.Receipt;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes one local file away, after it was read once more and found to be what is stored. */
final class Removal {

  private final WatchEntry entry;
  private final PinnedKeys keys;

  Removal(WatchEntry entry, PinnedKeys keys) {
    this.entry = entry;
    this.keys = keys;
  }

  /** What came of it. */
  sealed interface Outcome {
    /**
     * It is not there any more.
     *
     * @param where it was moved to, null when it was deleted
     */
    record Gone(@Nullable Path where) implements Outcome {}

    /** It stays for ever, as far as this upload is concerned. */
    record Stays(String why) implements Outcome {}

    /** It cannot be done just now. */
    record NotNow(String why) implements Outcome {}
  }

  Outcome of(FileEntry file, Manifest upload) {
    return switch (Receipt.of(file, upload, keys)) {
      case Receipt.Unproven(String why) -> new Outcome.Stays(why);
      case Receipt.Proven(Receipt receipt) when file.state() == FileState.DONE ->
          proven(file, receipt);
      case Receipt.Proven _ -> new Outcome.Stays("its upload is not done");
    };
  }

  private Outcome proven(FileEntry file, Receipt receipt) {
    Path path = file.file();
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
            ? new Outcome.Stays("something else is in its place")
            : new Outcome.Gone(null);
      }
      FileStamp before = FileStamp.of(path);
      String difference = LocalProof.against(receipt, file);
      if (difference != null) {
        return new Outcome.Stays(difference);
      }
      if (!FileStamp.of(path).equals(before)) {
        return new Outcome.NotNow("it changed while it was compared with what is stored");
      }
      return takeAway(path);
    } catch (NoSuchFileException e) {
      return new Outcome.Gone(null);
    } catch (IOException e) {
      return new Outcome.NotNow(DiskTrouble.words(e));
    }
  }

  private Outcome takeAway(Path path) throws IOException {
    Path target = null;
    Path moveTo = entry.moveTo();
    if (moveTo == null) {
      Files.delete(path);
    } else {
      target = free(moveTo, path);
      try {
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        Directories.force(Objects.requireNonNull(target.getParent()));
      } catch (AtomicMoveNotSupportedException e) {
        return new Outcome.NotNow(
            LocalPath.text(moveTo) + " is on another file system; move_to must be on the same");
      }
    }
    if (entry.settle() == WatchEntry.Settle.MARKER) {
      Path marker = LocalPath.of(LocalPath.text(path) + entry.marker());
      if (Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(marker); // nothing is left that it could be about
      }
    }
    return new Outcome.Gone(target);
  }

  /** The same place below another directory; never over another file. */
  private Path free(Path moveTo, Path path) throws IOException {
    String root = LocalPath.text(entry.directory());
    String base = LocalPath.text(moveTo) + LocalPath.text(path).substring(root.length());
    Path target = LocalPath.of(base);
    Directories.make(Objects.requireNonNull(target.getParent()));
    for (int n = 1; Files.exists(target, LinkOption.NOFOLLOW_LINKS); n++) {
      target = LocalPath.of(base + "." + n);
    }
    return target;
  }
}

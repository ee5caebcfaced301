package io.waybill.agent.watch;

import io.waybill.agent.local.Directories;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Objects;

/**
 * Which files were taken before, each in the state that it had then: 16 bytes a file in memory and
 * on disk, whatever its name. A scan that finds nothing new writes nothing. A file that was taken
 * and forgotten is taken once more; none is ever left out, because what is remembered is long
 * enough that no two files have it in common.
 */
final class Marks {

  private static final int BYTES = 16;

  /** Marks of files that are gone may be so many more than those of files that are there. */
  private static final int SPARE = 10_000;

  private final Path file;
  private MarkSet marks = new MarkSet();

  private Marks(Path file) {
    this.file = file;
  }

  /** Reads what was remembered; the torn end of a write that power loss cut off is dropped. */
  static Marks open(Path file) throws IOException {
    Marks marks = new Marks(file);
    if (Files.exists(file)) {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
      while (all.remaining() >= BYTES) {
        marks.marks.add(all.getLong(), all.getLong());
      }
      if (all.hasRemaining()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(channel.size() - all.remaining());
        }
      }
    }
    return marks;
  }

  /** One state of one file. The inode is none of it: some file systems make new ones up. */
  record Mark(long high, long low) {
    static Mark of(Path path, FileStamp stamp) {
      String text =
          stamp.sizeBytes() + " " + stamp.modifiedAtNanos() + " " + LocalPath.stored(path);
      byte[] sum = WholeSum.digest().digest(text.getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes = ByteBuffer.wrap(sum);
      return new Mark(bytes.getLong(), bytes.getLong());
    }
  }

  boolean has(Mark mark) {
    return marks.has(mark.high(), mark.low());
  }

  /** Remembers them for good. */
  void add(Collection<Mark> fresh) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(fresh.size() * BYTES);
    for (Mark mark : fresh) {
      if (marks.add(mark.high(), mark.low())) {
        bytes.putLong(mark.high()).putLong(mark.low());
      }
    }
    if (bytes.flip().hasRemaining()) {
      append(bytes);
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    boolean isNew = !Files.exists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long end = channel.size() / BYTES * BYTES; // behind a write that a full disk cut off
      channel.position(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    if (isNew) {
      Directories.force(directory());
    }
  }

  private Path directory() {
    return Objects.requireNonNull(file.getParent());
  }

  /**
   * Forgets files that are gone, when they have become many.
   *
   * @param present all that a whole scan has met
   */
  void keepOnly(MarkSet present) throws IOException {
    if (marks.size() <= 2 * present.size() + SPARE) {
      return;
    }
    MarkSet kept = new MarkSet();
    ByteBuffer bytes = ByteBuffer.allocate(present.size() * BYTES);
    present.forEach((high, low) -> {
      if (marks.has(high, low) && kept.add(high, low)) {
        bytes.putLong(high).putLong(low);
      }
    });
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      bytes.flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(directory());
    marks = kept;
  }

  int size() {
    return marks.size();
  }
}

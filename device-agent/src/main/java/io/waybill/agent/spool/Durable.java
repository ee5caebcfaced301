package io.waybill.agent.spool;

import io.waybill.agent.local.Directories;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Files that are there as a whole, or not at all, whenever the power fails. */
public final class Durable {

  private Durable() {}

  /** What a file shall hold. */
  public interface Content {
    void to(OutputStream out) throws IOException;
  }

  /**
   * Written beside, forced to disk, renamed over the old one, and the directory is forced, too.
   *
   * @param fresh where it is written, in the same directory
   */
  public static void replace(Path target, Path fresh, Content content) throws IOException {
    boolean whole = false;
    try {
      write(fresh, content);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(fresh); // on a full disk its room is wanted
      }
    }
    Directories.force(Objects.requireNonNull(target.getParent()));
  }

  private static void write(Path fresh, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      content.to(out);
      channel.force(true);
    }
  }
}

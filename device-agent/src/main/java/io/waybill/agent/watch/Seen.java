package io.waybill.agent.watch;

import io.waybill.agent.spool.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one name is. A link is not followed: it may lead anywhere. */
sealed interface Seen {

  record File(FileStamp stamp) implements Seen {}

  record Folder() implements Seen {}

  /** A link, a FIFO, a socket, a device, an empty file, or nothing any more. */
  record Nothing() implements Seen {}

  /** Looks with one call to the kernel. */
  static Seen at(Path path) throws IOException {
    Map<String, Object> is =
        Files.readAttributes(
            path,
            "unix:isRegularFile,isDirectory,size,lastModifiedTime,ino",
            LinkOption.NOFOLLOW_LINKS);
    if (Boolean.TRUE.equals(is.get("isDirectory"))) {
      return new Folder();
    }
    boolean regular = Boolean.TRUE.equals(is.get("isRegularFile"));
    return regular && is.get("size") instanceof Long size && size > 0
        ? new File(new FileStamp(size, modified(is), inode(is)))
        : new Nothing();
  }

  private static long modified(Map<String, Object> is) {
    return is.get("lastModifiedTime") instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
  }

  private static long inode(Map<String, Object> is) {
    return is.get("ino") instanceof Long inode ? inode : 0;
  }
}

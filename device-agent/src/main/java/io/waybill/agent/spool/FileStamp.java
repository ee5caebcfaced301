package io.waybill.agent.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it. A file whose stamp moved is
 * another file: its parts in the store no longer belong together.
 */
public record FileStamp(long sizeBytes, long modifiedAtNanos, long inode) {

  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        basic.size(),
        basic.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        Files.getAttribute(file, "unix:ino") instanceof Long inode ? inode : 0);
  }

  /** In words, what changed from this stamp to {@code now}. */
  public String difference(FileStamp now) {
    if (sizeBytes != now.sizeBytes) {
      return "its size went from " + sizeBytes + " to " + now.sizeBytes + " bytes";
    }
    if (inode != now.inode) {
      return "another file was put in its place";
    }
    return modifiedAtNanos == now.modifiedAtNanos ? "nothing changed" : "it was written to";
  }
}

package io.waybill.agent.upload;

import io.waybill.agent.spool.FileStamp;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file on this machine, as it was when the upload was planned, or not. */
final class LocalFile implements AutoCloseable {

  private final Path path;
  private final FileStamp planned;
  private @Nullable FileChannel channel;

  LocalFile(Path path, FileStamp planned) {
    this.path = path;
    this.planned = planned;
  }

  /** What is not as planned, in words; null when nothing is. */
  @Nullable String difference() {
    try {
      FileStamp now = FileStamp.of(path);
      return now.equals(planned) ? null : planned.difference(now);
    } catch (IOException e) {
      return "it cannot be read any more: " + e.getMessage();
    }
  }

  /** One channel for all parts; reads go by position. */
  FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(path);
      channel = open;
    }
    return open;
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it was only read
      }
    }
  }
}

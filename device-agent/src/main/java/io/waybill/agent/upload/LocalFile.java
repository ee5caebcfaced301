package io.waybill.agent.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file on this machine, opened for sending. */
final class LocalFile implements AutoCloseable {

  private final Path path;
  private @Nullable FileChannel channel;

  LocalFile(Path path) {
    this.path = path;
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

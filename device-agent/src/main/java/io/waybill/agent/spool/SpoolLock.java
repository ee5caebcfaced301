package io.waybill.agent.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on one upload; it ends with {@link #close} or with the process. Closing any
 * channel on a file drops every lock that its process has on it, so a file that this process has
 * locked already is not even opened.
 */
public final class SpoolLock implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;
  private final Set<Path> lockedHere;

  private SpoolLock(Path file, FileChannel channel, Set<Path> lockedHere) {
    this.file = file;
    this.channel = channel;
    this.lockedHere = lockedHere;
  }

  static Optional<SpoolLock> tryLock(Path file, Set<Path> lockedHere) throws IOException {
    if (!lockedHere.add(file)) {
      return Optional.empty();
    }
    boolean mine = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      mine = lock(channel) != null;
      if (mine) {
        return Optional.of(new SpoolLock(file, channel, lockedHere));
      }
      channel.close();
      return Optional.empty();
    } finally {
      if (!mine) {
        lockedHere.remove(file);
      }
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another spool on the same directory in this process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    lockedHere.remove(file);
  }
}

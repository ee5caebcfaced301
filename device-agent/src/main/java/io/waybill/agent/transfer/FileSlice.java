package io.waybill.agent.transfer;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/**
 * Bytes of a file that the kernel moves to the socket by itself. Unlike Netty's own region it
 * leaves the file open, because other parts of it are under way, and it reports each move.
 */
final class FileSlice extends AbstractReferenceCounted implements FileRegion {

  private final FileChannel file;
  private final long position;
  private final long count;
  private final LongConsumer moved;
  private long transferred;

  FileSlice(FileChannel file, long position, long count, LongConsumer moved) {
    this.file = file;
    this.position = position;
    this.count = count;
    this.moved = moved;
  }

  @Override
  public long transferTo(WritableByteChannel target, long from) throws IOException {
    long written = file.transferTo(position + from, count - from, target);
    if (written > 0) {
      transferred += written;
      moved.accept(written);
    } else if (from < count && position + from >= file.size()) {
      throw new ShorterFileException(file.size());
    }
    return written;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public FileRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public FileRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FileRegion touch() {
    return this;
  }

  @Override
  public FileRegion touch(Object hint) {
    return this;
  }

  @Override
  protected void deallocate() {}

  /** The file ends before the part does. */
  static final class ShorterFileException extends IOException {
    ShorterFileException(long size) {
      super("the file has only " + size + " bytes now");
    }
  }
}

package io.waybill.agent.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Small pieces of a file, wherever they are; how much may be read of it is limited. */
final class Window {

  private static final int PIECE = 16 << 10;

  private final FileChannel file;
  private final long size;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
  private long start;
  private long left;

  /**
   * @param most bytes that are read of it
   */
  Window(FileChannel file, long most) throws IOException {
    this.file = file;
    this.size = file.size();
    this.left = most;
    piece.limit(0);
  }

  long size() {
    return size;
  }

  /** What may still be read. */
  long left() {
    return left;
  }

  /**
   * Bytes of the file, to be read from the buffer's position on.
   *
   * @param length at most 16 KiB
   * @throws IOException when they are not there, or too much was read already
   */
  ByteBuffer at(long at, int length) throws IOException {
    if (at < 0 || length > PIECE || at > size - length) {
      throw new IOException("it says that there is more than there is");
    }
    if (at < start || at + length > start + piece.limit()) {
      load(at, length);
    }
    return piece.position((int) (at - start));
  }

  private void load(long at, int length) throws IOException {
    if (left < length) {
      throw new IOException("there is more to read than a list is worth");
    }
    piece.clear().limit((int) Math.min(Math.min(PIECE, left), size - at));
    start = at;
    while (piece.hasRemaining() && file.read(piece, at + piece.position()) > 0) {
      // on to the rest
    }
    piece.flip();
    left -= piece.limit();
    if (piece.limit() < length) {
      throw new IOException("it became shorter");
    }
  }
}

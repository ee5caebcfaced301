package io.waybill.agent.transfer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The body of one PUT, sent piece by piece: the next piece is taken up when the socket has the one
 * before, so that no part is ever in memory. The sum is taken over the very bytes that are sent,
 * which is why the kernel does not move them by itself. Lives on the event loop.
 */
final class PartBody {

  /** Is told how the body fares. */
  interface Watcher {
    void moved(long bytes);

    void failed(Throwable cause);
  }

  private final Channel channel;
  private final PartPut part;
  private final ByteBuffer piece;
  private final Pace pace;
  private final Watcher watcher;
  private final CRC32C sum = new CRC32C();
  private long sent;
  private boolean over;

  /**
   * @param piece what goes at once; filled again and again
   */
  PartBody(Channel channel, PartPut part, ByteBuffer piece, Pace pace, Watcher watcher) {
    this.channel = channel;
    this.part = part;
    this.piece = piece;
    this.pace = pace;
    this.watcher = watcher;
  }

  boolean whole() {
    return sent == part.length();
  }

  /** Sends no further piece. */
  void stop() {
    over = true;
  }

  void next() {
    if (over) {
      return;
    }
    if (whole()) {
      over = true;
      var _ = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      return;
    }
    int limit = pace.limited() ? Math.min(pace.piece(), piece.capacity()) : piece.capacity();
    int length = (int) Math.min(limit, part.length() - sent);
    long wait = pace.reserve(length);
    if (wait <= 0) {
      send(length);
    } else {
      var _ = channel.eventLoop().schedule(() -> send(length), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void send(int length) {
    if (over) {
      return;
    }
    try {
      write(length).addListener(done -> written(length, done.cause()));
    } catch (UnreadableException | OtherBytesException e) {
      fault(e);
    }
  }

  private void written(long length, @Nullable Throwable cause) {
    if (cause != null) {
      fault(cause);
      return;
    }
    sent += length;
    watcher.moved(length);
    next();
  }

  private ChannelFuture write(int length) throws UnreadableException, OtherBytesException {
    read(length);
    sum.update(piece);
    piece.rewind();
    if (sent + length == part.length() && !part.seal().mayEnd((int) sum.getValue())) {
      throw new OtherBytesException();
    }
    return channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
  }

  private void read(int length) throws UnreadableException {
    piece.clear().limit(length);
    try {
      long at = part.offset() + sent;
      while (piece.hasRemaining()) {
        if (part.file().read(piece, at + piece.position()) < 0) {
          throw new IOException("the file has only " + part.file().size() + " bytes now");
        }
      }
    } catch (IOException e) {
      throw new UnreadableException(e);
    }
    piece.flip();
  }

  private void fault(Throwable cause) {
    if (!over) {
      over = true;
      watcher.failed(cause);
    }
  }

  /** The file did not give the bytes: it ends earlier, or its disk is in trouble. */
  static final class UnreadableException extends Exception {
    UnreadableException(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** Other bytes than this part was announced with. */
  static final class OtherBytesException extends Exception {}
}

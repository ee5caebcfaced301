package io.waybill.agent.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of one PUT, sent piece by piece: the next piece is taken up when the socket has the one
 * before, so that no part is ever in memory. On plain HTTP the kernel moves the bytes; under TLS
 * one small buffer is filled again and again. Lives on the event loop.
 */
final class PartBody {

  private static final long KERNEL_PIECE = 1 << 20;
  private static final int TLS_PIECE = 64 << 10;

  private final Channel channel;
  private final PartPut part;
  private final Pace pace;
  private final LongConsumer moved;
  private final Consumer<Throwable> onFault;
  private final byte @Nullable [] buffer;
  private long sent;
  private boolean over;

  PartBody(
      Channel channel,
      PartPut part,
      boolean encrypted,
      Pace pace,
      LongConsumer moved,
      Consumer<Throwable> onFault) {
    this.channel = channel;
    this.part = part;
    this.pace = pace;
    this.moved = moved;
    this.onFault = onFault;
    this.buffer = encrypted ? new byte[TLS_PIECE] : null;
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
    long limit = pace.limited() ? pace.piece() : buffer != null ? TLS_PIECE : KERNEL_PIECE;
    long length = Math.min(limit, part.length() - sent);
    long wait = pace.reserve(length);
    if (wait <= 0) {
      send(length);
    } else {
      var _ = channel.eventLoop().schedule(() -> send(length), wait, TimeUnit.NANOSECONDS);
    }
  }

  private void send(long length) {
    if (over) {
      return;
    }
    try {
      write(length).addListener(done -> written(length, done.cause()));
    } catch (IOException e) {
      fault(e);
    }
  }

  private void written(long length, @Nullable Throwable cause) {
    if (cause != null) {
      fault(cause);
      return;
    }
    sent += length;
    if (buffer != null) {
      moved.accept(length);
    }
    next();
  }

  private ChannelFuture write(long length) throws IOException {
    long at = part.offset() + sent;
    return channel.writeAndFlush(
        buffer == null
            ? new FileSlice(part.file(), at, length, moved)
            : new DefaultHttpContent(read(buffer, at, (int) length)));
  }

  private ByteBuf read(byte[] into, long at, int length) throws IOException {
    ByteBuffer target = ByteBuffer.wrap(into, 0, length);
    while (target.hasRemaining()) {
      if (part.file().read(target, at + target.position()) < 0) {
        throw new FileSlice.ShorterFileException(part.file().size());
      }
    }
    return Unpooled.wrappedBuffer(into, 0, length);
  }

  private void fault(Throwable cause) {
    if (!over) {
      over = true;
      onFault.accept(cause);
    }
  }
}

package io.waybill.agent.transfer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One kept-alive connection to the store, with at most one PUT on it. Lives on the event loop. */
final class PartConnection extends SimpleChannelInboundHandler<HttpObject> {

  static final String USER_AGENT = "waybill-agent/0.1";

  /** Enough of an error document to find its code. */
  private static final int DOCUMENT_CHARS = 4096;

  /** Large enough for few system calls; under TLS each piece is copied into records. */
  private static final int PLAIN_PIECE = 256 << 10;

  private static final int TLS_PIECE = 64 << 10;

  private final Endpoint endpoint;
  private final Pace pace;
  private final Idle idle;
  private final ByteBuffer piece;
  private @Nullable Exchange exchange;

  PartConnection(Endpoint endpoint, Pace pace, Idle idle) {
    this.endpoint = endpoint;
    this.pace = pace;
    this.idle = idle;
    this.piece = ByteBuffer.allocateDirect(endpoint.encrypted() ? TLS_PIECE : PLAIN_PIECE);
  }

  /** Told when the connection can take another part. */
  interface Idle {
    void free(Channel channel);
  }

  void put(Channel channel, PartPut part, LongConsumer moved, CompletableFuture<PutOutcome> done) {
    Exchange mine = new Exchange(done);
    exchange = mine;
    PartBody.Watcher watcher =
        new PartBody.Watcher() {
          @Override
          public void moved(long bytes) {
            mine.lastMove = System.nanoTime();
            moved.accept(bytes);
          }

          @Override
          public void failed(Throwable cause) {
            broken(channel, mine, cause);
          }
        };
    PartBody body = new PartBody(channel, part, piece, pace, watcher);
    mine.body = body;
    channel
        .write(head(part))
        .addListener(written -> {
          if (!written.isSuccess()) {
            broken(channel, mine, written.cause());
          }
        });
    body.next();
  }

  /** Gives up a PUT on which nothing has moved since {@code before}. */
  void endStalled(Channel channel, long before) {
    Exchange now = exchange;
    if (now != null && now.lastMove - before < 0) {
      PartBody body = now.body;
      boolean whole = body != null && body.whole();
      broken(
          channel,
          now,
          new java.io.IOException(
              whole
                  ? "the store took the whole part and did not answer for too long"
                  : "the store took no bytes for too long"));
    }
  }

  private DefaultHttpRequest head(PartPut part) {
    String target = part.url().getRawPath();
    String query = part.url().getRawQuery();
    DefaultHttpRequest head =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.PUT, query == null ? target : target + "?" + query);
    part.headers().forEach((name, value) -> head.headers().set(name, value));
    head.headers()
        .set(HttpHeaderNames.HOST, part.url().getRawAuthority())
        .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
        .set(HttpHeaderNames.CONTENT_LENGTH, part.length());
    return head;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    Exchange now = exchange;
    if (now == null) {
      var _ = context.close();
      return;
    }
    now.lastMove = System.nanoTime();
    if (message.decoderResult().isFailure()) {
      broken(context.channel(), now, message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpResponse head) {
      now.answer = head;
    }
    if (message instanceof HttpContent content && now.document.length() < DOCUMENT_CHARS) {
      now.document.append(content.content().toString(StandardCharsets.UTF_8));
    }
    if (message instanceof LastHttpContent) {
      answered(context.channel(), now);
    }
  }

  private void answered(Channel channel, Exchange now) {
    HttpResponse head = now.answer;
    if (head == null || head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      return;
    }
    exchange = null;
    PartBody body = now.body;
    boolean reusable = body != null && body.whole() && HttpUtil.isKeepAlive(head);
    if (body != null) {
      body.stop();
    }
    if (reusable) {
      idle.free(channel);
    } else {
      var _ = channel.close();
    }
    now.done.complete(StoreAnswer.of(endpoint, head, now.document));
  }

  /** The first cause counts: closing makes more of them, which say less. */
  private void broken(Channel channel, Exchange now, Throwable cause) {
    now.done.complete(StoreAnswer.fault(cause));
    PartBody body = now.body;
    if (body != null) {
      body.stop();
    }
    if (exchange == now) {
      exchange = null;
      var _ = channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Exchange now = exchange;
    if (now != null) {
      broken(context.channel(), now, new java.io.IOException("the store closed the connection"));
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Exchange now = exchange;
    if (now != null) {
      broken(context.channel(), now, cause);
    } else {
      var _ = context.close();
    }
  }

  /** One PUT and what has come back for it. */
  private static final class Exchange {
    final CompletableFuture<PutOutcome> done;
    final StringBuilder document = new StringBuilder();
    @Nullable PartBody body;
    @Nullable HttpResponse answer;
    long lastMove = System.nanoTime();

    Exchange(CompletableFuture<PutOutcome> done) {
      this.done = done;
    }
  }
}

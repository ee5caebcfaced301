package io.waybill.agent.transfer;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.waybill.agent.local.Round;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Parts over HTTP/1.1 on one event loop, with connections kept for the next part. */
public final class NettyPartStore implements PartStore {

  private static final int CONNECT_MILLIS = 10_000;

  /** Stores close quiet connections after half a minute or so; we are first. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(8);

  private final NioEventLoopGroup group;
  private final EventLoop loop;
  private final Pace pace;
  private final long stallNanos;
  private final @Nullable Path trustedCertificates;
  private final Map<Endpoint, Deque<Free>> free = new HashMap<>();
  private final Set<Channel> open = new HashSet<>();
  private @Nullable SslContext tls;

  private record Free(Channel channel, long since) {}

  /**
   * @param maxBytesPerSecond of all connections together, 0 for no limit
   * @param stall how long a PUT may stand still before its connection counts as broken
   * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
   */
  public NettyPartStore(
      long maxBytesPerSecond, Duration stall, @Nullable Path trustedCertificates) {
    this.group = new NioEventLoopGroup(1, new DefaultThreadFactory("parts", true));
    this.loop = group.next();
    this.pace = new Pace(maxBytesPerSecond, System::nanoTime);
    this.stallNanos = stall.toNanos();
    this.trustedCertificates = trustedCertificates;
    long period = Math.max(stallNanos / 4, 1);
    var _ =
        loop.scheduleAtFixedRate(Round.of(this::endStalled), period, period, TimeUnit.NANOSECONDS);
  }

  /** Another limit from now on, of all connections together; 0 for none. */
  public void limit(long maxBytesPerSecond) {
    pace.limit(maxBytesPerSecond);
  }

  @Override
  public CompletableFuture<PutOutcome> put(PartPut part, LongConsumer moved) {
    CompletableFuture<PutOutcome> done = new CompletableFuture<>();
    loop.execute(() -> start(part, moved, done));
    return done;
  }

  private void start(PartPut part, LongConsumer moved, CompletableFuture<PutOutcome> done) {
    try {
      Endpoint endpoint = Endpoint.of(part.url());
      Channel kept = takeFree(endpoint);
      if (kept != null) {
        kept.pipeline().get(PartConnection.class).put(kept, part, moved, done);
        return;
      }
      connect(endpoint)
          .addListener((ChannelFuture connected) -> {
            Channel channel = connected.channel();
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (connected.isSuccess() && tls != null) {
              tls.handshakeFuture()
                  .addListener(shaken -> ready(channel, shaken, part, moved, done));
            } else {
              ready(channel, connected, part, moved, done);
            }
          });
    } catch (SSLException | RuntimeException e) {
      done.complete(new PutOutcome.Unreached("parts cannot be sent: " + e.getMessage()));
    }
  }

  /** Before this, nothing of the part has left this machine. */
  private static void ready(
      Channel channel,
      Future<?> connected,
      PartPut part,
      LongConsumer moved,
      CompletableFuture<PutOutcome> done) {
    PartConnection connection = channel.pipeline().get(PartConnection.class);
    if (connected.isSuccess() && connection != null) {
      connection.put(channel, part, moved, done);
    } else {
      done.complete(StoreAnswer.unreached(Endpoint.of(part.url()), cause(connected)));
    }
  }

  private static Throwable cause(Future<?> connected) {
    Throwable cause = connected.cause();
    return cause == null ? new ClosedChannelException() : cause;
  }

  private ChannelFuture connect(Endpoint endpoint) throws SSLException {
    SslContext context = endpoint.encrypted() ? tls() : null;
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                if (context != null) {
                  channel.pipeline().addLast(handshake(context, channel, endpoint));
                }
                channel
                    .pipeline()
                    .addLast(new HttpClientCodec())
                    .addLast(new PartConnection(endpoint, pace, freed -> keep(endpoint, freed)));
                open.add(channel);
                channel.closeFuture().addListener(closed -> open.remove(channel));
              }
            })
        .connect(endpoint.host(), endpoint.port());
  }

  private static SslHandler handshake(SslContext context, Channel channel, Endpoint endpoint) {
    SslHandler handler = context.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  private SslContext tls() throws SSLException {
    SslContext made = tls;
    if (made == null) {
      SslContextBuilder builder = SslContextBuilder.forClient();
      if (trustedCertificates != null) {
        builder.trustManager(trustedCertificates.toFile());
      }
      made = builder.build();
      tls = made;
    }
    return made;
  }

  private void keep(Endpoint endpoint, Channel channel) {
    free.computeIfAbsent(endpoint, any -> new ArrayDeque<>())
        .push(new Free(channel, System.nanoTime()));
  }

  private @Nullable Channel takeFree(Endpoint endpoint) {
    Deque<Free> kept = free.get(endpoint);
    while (kept != null && !kept.isEmpty()) {
      Free newest = kept.pop();
      if (newest.channel().isActive() && System.nanoTime() - newest.since() < IDLE_NANOS) {
        return newest.channel();
      }
      var _ = newest.channel().close();
    }
    return null;
  }

  private void endStalled() {
    long before = System.nanoTime() - stallNanos;
    for (Channel channel : Set.copyOf(open)) {
      PartConnection connection = channel.pipeline().get(PartConnection.class);
      if (connection != null) {
        connection.endStalled(channel, before);
      }
    }
  }

  /** Ends every connection at once; parts under way end as unknown. */
  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
  }
}

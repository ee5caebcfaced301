package io.waybill.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that nobody listens on, and that nobody else gets while this process lives.
 *
 * <p>Each is held by a socket that is bound and neither listens nor connects: the kernel gives such
 * a port to nobody who connects, no other process that asks here gets it, and a server may listen
 * on it all the same, now or an hour later, once or again after its death. Whoever connects before
 * that is refused.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  /** Open until the process ends. */
  private static final Queue<SocketChannel> HELD = new ConcurrentLinkedQueue<>();

  private FreePort() {}

  /** A port of 127.0.0.1, for the caller alone. */
  public static int any() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isHeld(port)) {
        return port;
      }
    }
  }

  private static boolean isHeld(int port) {
    try {
      SocketChannel holder = SocketChannel.open();
      try {
        holder.bind(new InetSocketAddress(loopback(), port));
        holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        requireRoomForServer(port);
        return HELD.add(holder);
      } catch (IOException taken) {
        holder.close();
        return false;
      }
    } catch (IOException noSocket) {
      throw new IllegalStateException("this machine gives no more sockets", noSocket);
    }
  }

  /**
   * Fails where a server cannot be bound beside the holder. It does not listen itself: a process
   * that is being started at this moment would go on with that.
   */
  private static void requireRoomForServer(int port) throws IOException {
    try (SocketChannel probe = SocketChannel.open()) {
      probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      probe.bind(new InetSocketAddress(loopback(), port));
    }
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}

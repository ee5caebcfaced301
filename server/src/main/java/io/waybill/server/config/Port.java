package io.waybill.server.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port that one part wants.
 *
 * @param number the port, or 0 for any free one
 * @param part who wants it, as a person would call it
 * @param option the command line option that chooses another
 */
public record Port(int number, String part, String option) {

  private static final int FIRST_OF_ANY = 26_000;
  private static final int LAST_OF_ANY = 32_000;
  private static final int TRIES = 100;

  /**
   * What this process has given out. A socket that is bound and does not listen keeps others off a
   * port until the part listens on it, however late that is.
   */
  private static final Queue<SocketChannel> HELD = new ConcurrentLinkedQueue<>();

  public Port {
    if (number < 0 || number > 65_535) {
      throw new StartupFailure(option + " must be between 0 and 65535, not " + number);
    }
  }

  /** The number to listen on: proven free a moment ago, with a clear failure if it is not. */
  public int claim() {
    return claim(new InetSocketAddress(loopback(), number));
  }

  /** The same on another address than loopback. */
  public int claim(String host) {
    InetSocketAddress address = new InetSocketAddress(host, number);
    if (address.isUnresolved()) {
      throw new StartupFailure("%s cannot listen on %s: no such address".formatted(part, host));
    }
    return claim(address);
  }

  private int claim(InetSocketAddress address) {
    return number == 0 ? anyFree(address.getAddress()) : proven(address);
  }

  /** Below the ports that the kernel gives to whoever connects. */
  private int anyFree(InetAddress host) {
    for (int tries = 0; tries < TRIES; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_OF_ANY, LAST_OF_ANY);
      if (isHeld(new InetSocketAddress(host, port))) {
        return port;
      }
    }
    return proven(new InetSocketAddress(host, 0));
  }

  private boolean isHeld(InetSocketAddress address) {
    try {
      SocketChannel holder = SocketChannel.open();
      try {
        holder.bind(address);
        holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        proven(address); // not every system lets a part listen beside the holder
        return HELD.add(holder);
      } catch (IOException | StartupFailure taken) {
        holder.close();
        return false;
      }
    } catch (IOException noSocket) {
      return false;
    }
  }

  /**
   * Bound and never listening: a process that is being started at this moment holds whatever is
   * open here until it has closed it, and beside a socket that listens nothing else can.
   */
  private int proven(InetSocketAddress address) {
    try (SocketChannel probe = SocketChannel.open()) {
      probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      probe.bind(address);
      return probe.socket().getLocalPort();
    } catch (IOException taken) {
      throw new StartupFailure(
          "port %d (%s) is taken: stop what listens there, or choose another with %s (%s)"
              .formatted(number, part, option, taken.getMessage()),
          taken);
    }
  }

  public static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}

package io.waybill.allinone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A TCP port that one part wants.
 *
 * @param number the port, or 0 for any free one
 * @param part who wants it, as a person would call it
 * @param option the command line option that chooses another
 */
public record Port(int number, String part, String option) {

  public Port {
    if (number < 0 || number > 65_535) {
      throw new StartupFailure(option + " must be between 0 and 65535, not " + number);
    }
  }

  /** The number to listen on: proven free a moment ago, with a clear failure if it is not. */
  int claim() {
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
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
      return probe.getLocalPort();
    } catch (IOException taken) {
      throw new StartupFailure(
          "port %d (%s) is taken: stop what listens there, or choose another with %s (%s)"
              .formatted(number, part, option, taken.getMessage()),
          taken);
    }
  }

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (java.net.UnknownHostException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}

package io.waybill.allinone.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A TCP port on the loopback interface that one part wants.
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
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(loopback(), number));
      return probe.getLocalPort();
    } catch (IOException taken) {
      throw new StartupFailure(
          "port %d (%s) is taken: stop what listens there, or choose another with %s"
              .formatted(number, part, option),
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

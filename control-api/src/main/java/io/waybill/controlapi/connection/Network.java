package io.waybill.controlapi.connection;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that begin the same.
 *
 * @param bits how many of them are the same
 */
public record Network(InetAddress base, int bits) {

  private static final int IPV6_BYTES = 16;
  private static final int ONE_CUSTOMERS = 64;

  /**
   * Reads {@code 10.0.0.0/8}, or one address; no name is looked up.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = base.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a network has 0 to " + most + " bits");
    }
    return new Network(base, bits);
  }

  public boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    int rest = mine.length * Byte.SIZE - bits;
    return mine.length == other.length
        && new BigInteger(1, mine)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }

  /** What is counted as one: whoever has one IPv6 address has 2^64 of them. */
  public static String around(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != IPV6_BYTES) {
      return address.getHostAddress();
    }
    try {
      byte[] network = Arrays.copyOf(Arrays.copyOf(bytes, ONE_CUSTOMERS / Byte.SIZE), IPV6_BYTES);
      return InetAddress.getByAddress(network).getHostAddress() + "/" + ONE_CUSTOMERS;
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException("sixteen bytes are an address", e);
    }
  }
}

package io.waybill.webhooks;

import java.math.BigInteger;
import java.net.InetAddress;

/**
 * Addresses that begin the same.
 *
 * @param bits how many of them are the same
 */
record Block(InetAddress base, int bits) {

  /**
   * Reads {@code 10.0.0.0/8}, or one address; no name is looked up.
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Block of(String text) {
    int slash = text.indexOf('/');
    InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    int most = base.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException("a network has 0 to " + most + " bits");
    }
    return new Block(base, bits);
  }

  boolean contains(InetAddress address) {
    byte[] mine = base.getAddress();
    byte[] other = address.getAddress();
    int rest = mine.length * Byte.SIZE - bits;
    return mine.length == other.length
        && new BigInteger(1, mine)
            .shiftRight(rest)
            .equals(new BigInteger(1, other).shiftRight(rest));
  }
}

package io.waybill.s3;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port, written as every client writes them. A signature covers the host that a
 * client sends, and clients rewrite what they are given, each in its own way: what is left here has
 * one spelling only.
 */
final class Origin {

  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[^\\[\\]]+]|[^:@\\[\\]]+)(:(?<port>[0-9]{0,5}))?");
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");

  /** What clients take for a number, and so for an address, however it is written. */
  private static final Pattern NUMERIC_END = Pattern.compile(".*(^|\\.)([0-9]+|0x[0-9a-f]*)");

  /** Old and new rules make different names of these: sharp s, final sigma and the joiners. */
  private static final Pattern TWO_WAYS = Pattern.compile(".*[ßẞς\u200c\u200d].*");

  private Origin() {}

  static URI of(String what, URI given) {
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    boolean bare = given.getRawPath() == null || given.getRawPath().matches("/?");
    boolean plain = given.getRawQuery() == null && given.getRawFragment() == null;
    String authority = given.getRawAuthority();
    Matcher parts = AUTHORITY.matcher(authority == null ? "" : authority);
    if (!scheme.matches("https?") || !bare || !plain || !parts.matches()) {
      throw refused(what, "must be http(s)://host[:port] and nothing more");
    }
    String port = parts.group("port");
    return URI.create(scheme + "://" + host(what, parts.group("host")) + port(what, scheme, port));
  }

  private static String host(String what, String given) {
    String host = given.endsWith(".") ? given.substring(0, given.length() - 1) : given;
    if (host.startsWith("[")) {
      return ipv6(what, host.substring(1, host.length() - 1));
    }
    String name = ascii(what, host).toLowerCase(Locale.ROOT);
    if (IPV4.matcher(name).matches()) {
      return name;
    }
    if (NUMERIC_END.matcher(name).matches()) {
      throw refused(what, "has an IP address that must be written as four decimal numbers");
    }
    if (!NAME.matcher(name).matches()) {
      throw refused(what, "must be http(s)://host[:port] and nothing more");
    }
    return name;
  }

  private static String ascii(String what, String name) {
    if (TWO_WAYS.matcher(name).matches()) {
      throw refused(what, "has a name that clients read in two ways: write it as xn--…");
    }
    try {
      return IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      throw refused(what, "must be http(s)://host[:port] and nothing more");
    }
  }

  private static String ipv6(String what, String text) {
    if (text.indexOf('%') >= 0) {
      throw refused(what, "has an address with a zone, which is good on one machine only");
    }
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return address instanceof Inet4Address
          ? address.getHostAddress()
          : "[" + shortest(address.getAddress()) + "]";
    } catch (IllegalArgumentException e) {
      throw refused(what, "has no IPv6 address in its brackets");
    }
  }

  /** RFC 5952: lower case, no leading zeros, the first of the longest runs of zeros left out. */
  private static String shortest(byte[] address) {
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = ((address[2 * i] & 0xff) << 8) | (address[2 * i + 1] & 0xff);
    }
    int start = 0;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = 0;
      while (i + zeros < 8 && groups[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    return length < 2
        ? hex(groups, 0, 8)
        : hex(groups, 0, start) + "::" + hex(groups, start + length, 8);
  }

  private static String hex(int[] groups, int from, int to) {
    StringJoiner text = new StringJoiner(":");
    for (int i = from; i < to; i++) {
      text.add(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  private static String port(String what, String scheme, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw refused(what, "has a port that is none");
    }
    return port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port;
  }

  private static IllegalArgumentException refused(String what, String why) {
    return new IllegalArgumentException("the storage " + what + " " + why);
  }
}

package io.waybill.webhooks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whom webhooks may be brought to: https to addresses of the public internet, and to networks that
 * the operator has named. Nothing here looks a name up.
 */
public final class AddressRules {

  /** Where clouds hand out the credentials of machines: no setting opens these. */
  private static final List<Block> METADATA =
      blocks("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254");

  /** What IANA has not given to the public internet, tunnels and translations of it included. */
  private static final List<Block> NOT_PUBLIC =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "2002::/16",
          "3fff::/20");

  /** All other IPv6 addresses are of one host, one site, many, or stand for an IPv4 address. */
  private static final Block PUBLIC_IPV6 = Block.of("2000::/3");

  private static final Pattern DOTTED =
      Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\\.[a-z0-9](?:[a-z0-9-]{0,62}))*");
  private static final int MOST_PORT = 65_535;

  private final boolean isPlainAllowed;
  private final List<Block> allowed;

  /**
   * Rules of an installation.
   *
   * @param isPlainAllowed whether {@code http} will do: on a developer's machine
   * @param allowed networks such as {@code 10.1.0.0/16} that are not public, and may be told
   * @throws IllegalArgumentException when one of them is no network
   */
  public AddressRules(boolean isPlainAllowed, List<String> allowed) {
    this.isPlainAllowed = isPlainAllowed;
    this.allowed = allowed.stream().map(Block::of).toList();
  }

  /**
   * Where a URL leads.
   *
   * @param host a name in lower case, or an address without brackets
   * @param literal the address, where the host is one
   * @param path with its query, as the request line has it
   */
  record Target(boolean isTls, String host, @Nullable InetAddress literal, int port, String path) {}

  /** What a URL is refused for; the message says what would be right, and repeats nothing. */
  static final class Objection extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;

    Objection(String why) {
      super(why, null, false, false);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  /** Reads a URL; a literal address in it is judged, a name is not looked up. */
  Target target(String url) throws Objection {
    URI uri = parsed(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean isTls = scheme.equals("https");
    if (!isTls && !(isPlainAllowed && scheme.equals("http"))) {
      throw new Objection(
          isPlainAllowed ? "must begin with https:// or http://" : "must begin with https://");
    }
    if (uri.getRawUserInfo() != null || uri.getRawAuthority().contains("@")) {
      throw new Objection("must not have a user or a password in it");
    }
    if (uri.getRawFragment() != null) {
      throw new Objection("must not have a fragment (#…)");
    }
    if (uri.getPort() == 0 || uri.getPort() > MOST_PORT) {
      throw new Objection("must have a port from 1 to " + MOST_PORT + ", or none");
    }
    String host = host(uri);
    InetAddress literal = literal(host);
    if (literal != null) {
      judge(literal);
    }
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new Target(
        isTls,
        host,
        literal,
        uri.getPort() < 0 ? (isTls ? 443 : 80) : uri.getPort(),
        uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  private static URI parsed(String url) throws Objection {
    try {
      URI uri = new URI(url);
      if (uri.isOpaque() || uri.getRawAuthority() == null || !url.equals(uri.toASCIIString())) {
        throw new Objection("must be a URL such as https://example.com/hook, in ASCII");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new Objection("must be a URL such as https://example.com/hook, in ASCII");
    }
  }

  private static String host(URI uri) throws Objection {
    String host = uri.getHost();
    if (host == null) {
      throw new Objection(
          "must have a host that is a name, or an address in its usual form: an IPv4 address is"
              + " four decimal numbers, an IPv6 address stands in brackets");
    }
    return host.startsWith("[")
        ? host.substring(1, host.length() - 1)
        : host.toLowerCase(Locale.ROOT);
  }

  /** The address, or null for a name. What resolvers might take for an address is neither. */
  private static @Nullable InetAddress literal(String host) throws Objection {
    if (host.contains(":")) {
      return ipv6(host);
    }
    if (DOTTED.matcher(host).matches()) {
      try {
        return Inet4Address.ofLiteral(host);
      } catch (IllegalArgumentException e) {
        throw new Objection("has an IPv4 address with a number above 255");
      }
    }
    if (!NAME.matcher(host).matches()) {
      throw new Objection("must have a host without a dot at its end, of letters, digits and -");
    }
    String last = host.substring(host.lastIndexOf('.') + 1);
    if (Character.isDigit(last.charAt(0))) {
      throw new Objection("must write an IPv4 address as four decimal numbers without zeros ahead");
    }
    return null;
  }

  private static InetAddress ipv6(String host) throws Objection {
    try {
      InetAddress address = InetAddress.ofLiteral(host);
      if (host.contains("%") || address instanceof Inet4Address) {
        throw new Objection("must not have an IPv6 address of one link, or that stands for IPv4");
      }
      return address;
    } catch (IllegalArgumentException e) {
      throw new Objection("has an IPv6 address that is none");
    }
  }

  /** Every address that a name has must do, or the name does not. */
  void judge(List<InetAddress> addresses) throws Objection {
    if (addresses.isEmpty()) {
      throw new Objection("the host has no address");
    }
    for (InetAddress address : addresses) {
      judge(address);
    }
  }

  private void judge(InetAddress address) throws Objection {
    if (!isAllowed(address)) {
      throw new Objection(
          "the host is, or has, an address that is not of the public internet; the operator can"
              + " allow networks (WAYBILL_WEBHOOK_ALLOWED_NETWORKS)");
    }
  }

  private boolean isAllowed(InetAddress address) {
    if (isIn(METADATA, address)) {
      return false;
    }
    boolean isPublic =
        !isIn(NOT_PUBLIC, address)
            && (address instanceof Inet4Address || PUBLIC_IPV6.contains(address));
    return isPublic || isIn(allowed, address);
  }

  private static boolean isIn(List<Block> blocks, InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  private static List<Block> blocks(String... texts) {
    return Stream.of(texts).map(Block::of).toList();
  }

  /** Why a URL will not do, as far as that is seen without looking its name up. */
  Optional<String> objection(String url) {
    try {
      target(url);
      return Optional.empty();
    } catch (Objection objection) {
      return Optional.of(objection.why());
    }
  }
}

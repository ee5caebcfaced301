package io.waybill.agent.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;

/** What the text of a setting must look like, and what is said of one that does not. */
final class SettingText {

  private SettingText() {}

  /** An address of the API, and nothing behind it that could be a secret. */
  static URI url(String setting, String text) {
    try {
      URI url = URI.create(text);
      if (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null
          && url.getRawQuery() == null
          && url.getRawFragment() == null
          && url.getRawUserInfo() == null
          && url.getPort() <= 65535) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new UsageException(
        setting + " is an address such as https://waybill.example, not " + text);
  }

  /** A name or an address, without brackets; empty where anything is around it. */
  static Optional<String> host(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    boolean isAddress = bare.contains(":") && bare.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?");
    boolean isName = bare.matches("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_.])?");
    return isAddress || isName ? Optional.of(bare) : Optional.empty();
  }

  static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  static int port(String setting, String text) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
      throw new UsageException(setting + " is a port number, not " + text);
    }
    return Integer.parseInt(text);
  }

  static UUID uuid(String setting, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(setting + " is a UUID, not " + text);
    }
  }
}

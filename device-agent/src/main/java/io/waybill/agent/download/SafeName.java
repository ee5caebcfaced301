package io.waybill.agent.download;

import io.waybill.agent.local.ByteText;
import io.waybill.agent.local.ObjectName;

/**
 * The name of a file on this machine for a name that came from outside. It is one segment, steers
 * no terminal, is no option of a command and is not hidden: nobody gets a {@code .bashrc} by
 * downloading.
 */
public final class SafeName {

  /** File systems take 255; some of it is left for whoever puts something before or behind. */
  private static final int MOST_BYTES = 200;

  private static final int LONGEST_ENDING = 16;

  private SafeName() {}

  /** Every name has a safe one. */
  public static String of(String given) {
    String name = ObjectName.of(given);
    if (name.startsWith(".") || name.startsWith("-") || name.startsWith("~")) {
      name = "_" + name.substring(1);
    }
    return cut(name);
  }

  /** The same with a mark before its ending, where two files of one task have one name. */
  public static String distinct(String name, String mark) {
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name + "-" + mark : name.substring(0, dot) + "-" + mark + name.substring(dot);
  }

  private static String cut(String name) {
    if (bytes(name) <= MOST_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String ending = dot > 0 ? name.substring(dot) : "";
    if (bytes(ending) > LONGEST_ENDING) {
      ending = "";
    }
    String body = name.substring(0, name.length() - ending.length());
    while (bytes(body) + bytes(ending) > MOST_BYTES) {
      body = body.substring(0, body.offsetByCodePoints(body.length(), -1));
    }
    return body + ending;
  }

  private static int bytes(String text) {
    return ByteText.bytes(text).length;
  }
}

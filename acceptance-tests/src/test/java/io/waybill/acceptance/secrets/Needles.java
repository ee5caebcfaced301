package io.waybill.acceptance.secrets;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every secret that has been seen or made up, by its text, with what it is. */
final class Needles {
  private static final Pattern SIGNATURE = Pattern.compile("X-Amz-Signature=([0-9a-f]{64})");
  private static final Pattern COMPACT = Pattern.compile("\"signatures\":\\{([^}]*)}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private static final Pattern MATERIAL = Pattern.compile("\"([a-z]+_material)\":\"([^\"]+)\"");

  private final Map<String, String> all = new TreeMap<>();
  private int planted;

  void add(String what, String secret) {
    all.put(secret, what);
  }

  /** A new secret, to be put where it does not belong. */
  String plant(String where) {
    String secret = "planted-needle-" + ++planted + "-7f3a91";
    add("planted in " + where, secret);
    return secret;
  }

  /** Takes every signature, key and credential out of an answer. */
  void harvest(String answer) {
    Matcher signature = SIGNATURE.matcher(answer);
    while (signature.find()) {
      add("the signature of a URL", signature.group(1));
    }
    material(answer);
    Matcher compact = COMPACT.matcher(answer);
    while (compact.find()) {
      Matcher each = HEX.matcher(compact.group(1));
      while (each.find()) {
        add("the signature of a compact URL", each.group());
      }
    }
  }

  private void material(String answer) {
    Matcher material = MATERIAL.matcher(answer);
    while (material.find()) {
      add(material.group(1), material.group(2));
    }
  }

  Map<String, String> all() {
    return Map.copyOf(all);
  }

  long count(String what) {
    return all.values().stream().filter(what::equals).count();
  }
}

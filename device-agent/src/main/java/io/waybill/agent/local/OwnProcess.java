package io.waybill.agent.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What this process was started with, as {@link ByteText}. The JVM decodes both with the locale,
 * and what it does not know is lost; the kernel still has the bytes.
 */
public final class OwnProcess {

  private OwnProcess() {}

  /** The arguments of {@code main}. */
  public static String[] arguments(String[] decoded) {
    List<String> all = words("/proc/self/cmdline");
    if (all.size() < decoded.length) {
      return decoded;
    }
    String[] raw = all.subList(all.size() - decoded.length, all.size()).toArray(String[]::new);
    for (int n = 0; n < raw.length; n++) {
      // What the JVM could read, it read right: else these are not the same arguments.
      boolean readable = decoded[n].chars().allMatch(c -> c < 128);
      if (readable && !decoded[n].equals(raw[n])) {
        return decoded;
      }
    }
    return raw;
  }

  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    for (String each : words("/proc/self/environ")) {
      int equals = each.indexOf('=', 1);
      if (equals > 0) {
        environment.replace(each.substring(0, equals), each.substring(equals + 1));
      }
    }
    return environment;
  }

  private static List<String> words(String file) {
    List<String> words = new ArrayList<>();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(Path.of(file));
    } catch (IOException e) {
      return words; // not Linux
    }
    int start = 0;
    for (int n = 0; n < bytes.length; n++) {
      if (bytes[n] == 0) {
        words.add(ByteText.of(Arrays.copyOfRange(bytes, start, n)));
        start = n + 1;
      }
    }
    return words;
  }
}

package io.waybill.agent.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be said of a watched directory. */
public enum WatchKey {
  DIRECTORY,
  INCLUDE,
  EXCLUDE,
  PROJECT,
  GROUP,
  SETTLE,
  SETTLE_FOR,
  MARKER,
  PRIORITY,
  AFTER_UPLOAD,
  MOVE_TO,
  KEEP_FOR,
  MAX_LOCAL_BYTES;

  /** As it is written. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String all() {
    return Arrays.stream(values()).map(WatchKey::text).collect(Collectors.joining(", "));
  }
}

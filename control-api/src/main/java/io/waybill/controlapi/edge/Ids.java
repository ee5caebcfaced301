package io.waybill.controlapi.edge;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids as paths and queries carry them. */
final class Ids {

  private static final int LENGTH = 36;

  private Ids() {}

  /** Null for everything that is not a whole UUID; the JDK's own parser takes shortened ones. */
  static @Nullable UUID parse(String text) {
    if (text.length() != LENGTH) {
      return null;
    }
    try {
      UUID id = UUID.fromString(text);
      return id.toString().equalsIgnoreCase(text) ? id : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

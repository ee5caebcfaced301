package io.waybill.core.access;

import io.waybill.core.MetadataRule;
import io.waybill.core.ReadableText;
import org.jspecify.annotations.Nullable;

/**
 * What a caller's connection tells of where it comes from, for the audit trail alone: nothing is
 * decided by it.
 *
 * @param address the peer's; null where a broker stands between
 * @param userAgent what the program calls itself; null where it does not, or what it says is a
 *     secret
 */
public record Client(@Nullable String address, @Nullable String userAgent) {

  /** Of whom nothing is known. */
  public static final Client NONE = new Client(null, null);

  private static final int MOST_CHARS = 256;

  /** As a connection says it: made short and readable. */
  public static Client of(@Nullable String address, @Nullable String userAgent) {
    return new Client(address, userAgent == null ? null : told(userAgent));
  }

  private static @Nullable String told(String text) {
    if (MetadataRule.mayBeSecret(text) || !ReadableText.is(text)) {
      return null;
    }
    return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text;
  }
}

package io.waybill.controlapi.edge;

import io.waybill.core.Page;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ended, as an opaque text. The check sum binds it to its list: it is no
 * secret, as every page is authorized anew; it tells a damaged or foreign cursor from a good one.
 */
public final class Cursor {

  private static final int BYTES = Long.BYTES * 2 + Integer.BYTES;

  private Cursor() {}

  /** A page as lists answer it: the items under the list's name, and where the next one begins. */
  public static Map<String, @Nullable Object> page(String list, Page<?> page) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put(list, page.items());
    UUID next = page.next();
    answer.put("next_cursor", next == null ? null : write(list, next));
    return answer;
  }

  private static String write(String list, UUID id) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .putInt(checksum(list, id));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** Null when it is no cursor of this list. */
  static @Nullable UUID read(String list, String text) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (bytes.remaining() != BYTES) {
      return null;
    }
    UUID id = new UUID(bytes.getLong(), bytes.getLong());
    return bytes.getInt() == checksum(list, id) ? id : null;
  }

  private static int checksum(String list, UUID id) {
    CRC32 sum = new CRC32();
    sum.update((list + id).getBytes(StandardCharsets.US_ASCII));
    return (int) sum.getValue();
  }
}

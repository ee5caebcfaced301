package io.waybill.core.upload;

import static java.util.Comparator.comparingInt;

import io.waybill.core.storage.StoredPart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hash for the parts that an object was made of. */
public final class PartList {

  private PartList() {}

  /**
   * SHA-256, lower-case hex, of one line {@code part_number:etag:size_bytes\n} for each part in the
   * order of their numbers, in UTF-8, the ETag as storage wrote it; null of no parts.
   */
  public static @Nullable String sha256(List<StoredPart> listed) {
    if (listed.isEmpty()) {
      return null;
    }
    MessageDigest digest = digest();
    listed.stream()
        .sorted(comparingInt(StoredPart::partNumber))
        .map(part -> part.partNumber() + ":" + part.etag() + ":" + part.sizeBytes() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

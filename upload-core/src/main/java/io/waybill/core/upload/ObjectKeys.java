package io.waybill.core.upload;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;

/** Object keys are made here and nowhere else; a client's name is only their last, tamed word. */
public final class ObjectKeys {

  private static final int MAX_NAME_BYTES = 120;
  private static final int WORDS = 11;
  private static final int DATASET = 5;
  private static final int SESSION = 9;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");

  private ObjectKeys() {}

  /**
   * {@code
   * tenants/{tenant}/projects/{project}/datasets/{dataset}/{yyyy}/{mm}/{dd}/{session}/{name}}.
   */
  public static String keyOf(Owner owner, UUID sessionId, Instant createdAt, String objectName) {
    return "tenants/%s/projects/%s/datasets/%s/%s/%s/%s"
        .formatted(
            owner.tenantId(),
            owner.projectId(),
            owner.datasetId(),
            DAY.format(createdAt.atOffset(ZoneOffset.UTC)),
            sessionId,
            safeName(objectName));
  }

  /** The beginning of the keys of all objects of a tenant. */
  public static String prefixOf(UUID tenantId) {
    return "tenants/" + tenantId + "/";
  }

  /** Whose a key is that was made here. */
  public record KeyOwner(UUID tenantId, UUID datasetId, UUID sessionId) {}

  /** Empty where it was not made here. */
  public static Optional<KeyOwner> ownerOf(String key) {
    String[] words = key.split("/", -1);
    boolean isOurs =
        words.length == WORDS
            && words[0].equals("tenants")
            && words[2].equals("projects")
            && words[4].equals("datasets");
    return isOurs ? owner(words[1], words[DATASET], words[SESSION]) : Optional.empty();
  }

  private static Optional<KeyOwner> owner(String tenantId, String datasetId, String sessionId) {
    try {
      return Optional.of(
          new KeyOwner(
              UUID.fromString(tenantId), UUID.fromString(datasetId), UUID.fromString(sessionId)));
    } catch (IllegalArgumentException noIds) {
      return Optional.empty();
    }
  }

  /**
   * The last path segment, NFC-normalised, with everything but letters, digits, {@code . _ -}
   * replaced by {@code _}, cut to 120 bytes of UTF-8 with its extension kept; {@code upload.bin}
   * when nothing is left.
   */
  public static String safeName(String objectName) {
    String last = objectName.substring(lastSeparator(objectName) + 1);
    StringBuilder safe = new StringBuilder();
    Normalizer.normalize(last, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-' ? c : '_')
        .forEach(safe::appendCodePoint);
    String name = cut(safe.toString());
    boolean nothingLeft = name.chars().allMatch(c -> c == '.' || c == '_' || c == '-');
    return nothingLeft ? "upload.bin" : name;
  }

  private static int lastSeparator(String name) {
    return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
  }

  private static String cut(String name) {
    if (utf8Length(name) <= MAX_NAME_BYTES) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String extension = dot > 0 ? name.substring(dot) : "";
    if (utf8Length(extension) > 16) {
      extension = "";
    }
    return prefixOf(name, MAX_NAME_BYTES - utf8Length(extension)) + extension;
  }

  private static String prefixOf(String name, int bytes) {
    StringBuilder prefix = new StringBuilder();
    int used = 0;
    for (int i = 0; i < name.length(); ) {
      int codePoint = name.codePointAt(i);
      int size = utf8Length(Character.toString(codePoint));
      if (used + size > bytes) {
        break;
      }
      prefix.appendCodePoint(codePoint);
      used += size;
      i += Character.charCount(codePoint);
    }
    return prefix.toString();
  }

  private static int utf8Length(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
  }
}

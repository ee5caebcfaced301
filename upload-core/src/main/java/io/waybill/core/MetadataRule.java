package io.waybill.core;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What metadata may hold: little, under short keys, and nothing that looks like a secret.
 *
 * @param maxBytes one metadata object as JSON
 * @param maxKeyChars length of a key
 */
public record MetadataRule(int maxBytes, int maxKeyChars) {

  private static final Pattern SECRET_LOOKING =
      Pattern.compile(
          "passw(or)?d|passwd|secret|token|api[_-]?key|private[_-]?key|access[_-]?key|credential"
              + "|authorization|bearer");

  /**
   * URLs that carry their own right, bearer tokens, JSON web tokens, PEM blocks, our own secrets.
   */
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)[?&](x-amz-(signature|credential|security-token)|signature|sig|token|access_token"
              + "|awsaccesskeyid|x-goog-signature)="
              + "|://[^/@\\s:]+:[^/@\\s]+@"
              + "|\\bbearer\\s+[a-z0-9._~+/-]{8,}"
              + "|\\beyJ[a-z0-9_-]{8,}\\.[a-z0-9_-]{8,}\\."
              + "|-----BEGIN [A-Z0-9 ]+-----"
              + "|\\bwbd?_[a-z0-9_-]{40,}|\\bwhsec_[a-z0-9+/]{24,}");

  /** What begins as a key of ours does. */
  private static final Pattern OUR_KEY = Pattern.compile("\\bwbd?_[A-Za-z0-9_-]{8}");

  /** Whether a text holds something that only its owner may read. */
  public static boolean isSecret(String text) {
    return SECRET_VALUE.matcher(text).find();
  }

  /** The same where a mistake costs nobody anything: what only begins as a key does is one, too. */
  public static boolean mayBeSecret(String text) {
    return isSecret(text) || OUR_KEY.matcher(text).find();
  }

  /** What to say of a field that holds such a text. */
  public static FieldError secretIn(String field) {
    return new FieldError(
        field,
        EntryCode.METADATA_SECRET_VALUE,
        "looks like a secret (a signed URL, a token, a key); everybody who may look at this would"
            + " read it");
  }

  /** Notes everything that is wrong with the metadata of a field. */
  public void check(String field, Map<String, Object> metadata, List<FieldError> errors) {
    checkSize(field, metadata, errors);
    keys(field, metadata, errors);
  }

  /** Notes it when a field holds too much. */
  public void checkSize(String field, Map<String, Object> metadata, List<FieldError> errors) {
    if (sizeOf(metadata) > maxBytes) {
      errors.add(
          new FieldError(
              field, EntryCode.METADATA_TOO_LARGE, "must be at most " + maxBytes + " bytes"));
    }
  }

  private void keys(String field, Map<?, ?> metadata, List<FieldError> errors) {
    metadata.forEach((name, value) -> {
      String key = String.valueOf(name);
      if (key.isEmpty() || key.length() > maxKeyChars) {
        errors.add(
            new FieldError(
                field,
                EntryCode.METADATA_BAD_KEY,
                "keys must be 1 to " + maxKeyChars + " characters"));
      } else if (SECRET_LOOKING.matcher(key.toLowerCase(Locale.ROOT)).find()) {
        errors.add(
            new FieldError(
                field + "." + key,
                EntryCode.METADATA_SECRET_KEY,
                "looks like a secret; secrets do not belong into metadata"));
      }
      nested(field + "." + key, value, errors);
    });
  }

  private void nested(String field, @Nullable Object value, List<FieldError> errors) {
    if (value instanceof Map<?, ?> map) {
      keys(field, map, errors);
    } else if (value instanceof String text && isSecret(text)) {
      errors.add(secretIn(field));
    } else if (value instanceof Collection<?> items) {
      items.forEach(item -> nested(field, item, errors));
    }
  }

  /** Bytes of the value as compact JSON; escapes are counted as one byte. */
  private static long sizeOf(@Nullable Object value) {
    return switch (value) {
      case null -> 4;
      case Map<?, ?> map ->
          2
              + map.entrySet().stream()
                  .mapToLong(e -> sizeOf(String.valueOf(e.getKey())) + sizeOf(e.getValue()) + 2)
                  .sum();
      case Collection<?> items -> 2 + items.stream().mapToLong(item -> sizeOf(item) + 1).sum();
      case String text -> 2 + text.getBytes(StandardCharsets.UTF_8).length;
      default -> String.valueOf(value).length();
    };
  }
}

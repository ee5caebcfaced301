package io.waybill.core.idempotency;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over a use case's name and its typed request, equal for both transports. Every value goes
 * in with its type and length, so that no two different requests write the same bytes.
 */
public final class Fingerprint {

  private final MessageDigest digest;

  private Fingerprint(Remembered<?> useCase) {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    text('U', useCase.name());
  }

  public static Fingerprint of(Remembered<?> useCase) {
    return new Fingerprint(useCase);
  }

  /** Adds one value: null, text, number, boolean, UUID, or a map or collection of them. */
  public Fingerprint add(@Nullable Object value) {
    switch (value) {
      case null -> text('0', "");
      case Map<?, ?> map -> {
        text('M', Integer.toString(map.size()));
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((k, v) -> sorted.put(String.valueOf(k), v));
        sorted.forEach((k, v) -> add(k).add(v));
      }
      case Collection<?> items -> {
        text('L', Integer.toString(items.size()));
        items.forEach(this::add);
      }
      case Number number -> text('N', number.toString());
      case Boolean flag -> text('B', flag.toString());
      default -> text('S', value.toString());
    }
    return this;
  }

  private void text(char type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) type);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  /** Lower-case hex. Ends this fingerprint. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}

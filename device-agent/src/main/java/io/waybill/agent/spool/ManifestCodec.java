package io.waybill.agent.spool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Manifests as JSON. Reading is total: what is not a whole manifest of ours has a reason. What an
 * earlier agent did not write yet is null; the records refuse to be without what they need.
 */
final class ManifestCodec {

  /** 100 files of 10 000 parts each stay far below this; more is not ours. */
  private static final long MAX_BYTES = 256L << 20;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  /** What reading a file found. */
  sealed interface Found {
    record Whole(Manifest manifest) implements Found {}

    record Unreadable(String reason) implements Found {}
  }

  void write(Manifest manifest, OutputStream out) throws IOException {
    try {
      mapper.writeValue(out, manifest);
    } catch (JacksonIOException e) {
      throw e.getCause(); // a full disk
    }
  }

  Found read(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      return new Found.Unreadable("larger than any manifest");
    }
    try (var in = Files.newInputStream(file)) {
      Manifest manifest = mapper.readValue(in, Manifest.class);
      return manifest == null ? new Found.Unreadable("it says null") : new Found.Whole(manifest);
    } catch (JacksonIOException e) {
      throw e.getCause(); // the disk's trouble, not the manifest's
    } catch (JacksonException e) {
      return new Found.Unreadable(reason(e));
    }
  }

  /** What is wrong, without Jackson's excerpt of the source: paths are nobody's business. */
  private static String reason(JacksonException e) {
    Throwable cause = e.getCause();
    String message = cause == null ? e.getOriginalMessage() : cause.getMessage();
    return message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
  }
}

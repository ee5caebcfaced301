package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** URLs for parts, in one of two encodings that the same code signs. Never stored, never logged. */
public sealed interface PresignAnswer extends Perishable {

  long expiresInSeconds();

  @Override
  default OptionalLong keepsForSeconds() {
    return OptionalLong.of(expiresInSeconds());
  }

  UUID sessionId();

  /** One full URL per part. */
  record Full(
      UUID sessionId,
      String method,
      Instant expiresAt,
      long expiresInSeconds,
      List<Part> parts,
      @Nullable Integer nextPartNumber)
      implements PresignAnswer {
    public Full {
      parts = List.copyOf(parts);
    }

    @Override
    public String toString() {
      return "PresignAnswer.Full[" + sessionId + ", " + parts.size() + " parts]";
    }
  }

  /** What the URLs share once, and a signature per part. */
  record Compact(
      UUID sessionId,
      String method,
      Instant expiresAt,
      long expiresInSeconds,
      String urlTemplate,
      long partSizeBytes,
      long fileSizeBytes,
      List<String> requiredHeaderNames,
      Map<Integer, String> signatures,
      @Nullable Integer nextPartNumber)
      implements PresignAnswer {
    public Compact {
      requiredHeaderNames = List.copyOf(requiredHeaderNames);
      signatures = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(signatures));
    }

    @Override
    public String toString() {
      return "PresignAnswer.Compact[" + sessionId + ", " + signatures.size() + " parts]";
    }
  }

  /** One part's URL: exactly this method, key, upload, part and length. */
  record Part(
      int partNumber,
      String url,
      long expectedSizeBytes,
      long offsetStart,
      long offsetEndExclusive,
      Map<String, String> requiredHeaders) {
    public Part {
      requiredHeaders = Map.copyOf(requiredHeaders);
    }

    @Override
    public String toString() {
      return "Part[" + partNumber + "]";
    }
  }
}

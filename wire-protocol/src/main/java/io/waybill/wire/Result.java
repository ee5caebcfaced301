package io.waybill.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the commands answer, as a device reads it; the same fields over HTTP. */
public sealed interface Result {

  /** The answer to {@code create_session}. */
  record UploadTask(
      UUID taskId,
      UUID projectId,
      String status,
      int objectCount,
      long totalSizeBytes,
      @Nullable Instant createdAt,
      List<UploadObject> objects)
      implements Result {
    public UploadTask {
      objects = Lists.copy(objects);
    }
  }

  /** One file of a task; the answer to {@code retry_object}, too. */
  record UploadObject(
      UUID objectId,
      @Nullable UUID datasetId,
      @Nullable UUID sessionId,
      String status,
      @Nullable Boolean instant,
      @Nullable String objectName,
      @Nullable String bucket,
      @Nullable String objectKey,
      long fileSizeBytes,
      long partSizeBytes,
      int partCount,
      @Nullable String checksumAlgorithm,
      @Nullable Instant expiresAt,
      @Nullable Long expiresInSeconds,
      @Nullable LastError lastError,
      @Nullable Presigned presigned)
      implements Result {}

  /** Why something failed. */
  record LastError(@Nullable String code, @Nullable String message, @Nullable Instant occurredAt) {}

  /** The answer to {@code get_status}. */
  record Session(
      UUID sessionId,
      @Nullable UUID projectId,
      @Nullable UUID datasetId,
      @Nullable UUID taskId,
      @Nullable UUID objectId,
      String status,
      @Nullable Boolean instant,
      @Nullable String bucket,
      @Nullable String objectKey,
      @Nullable String originalFilename,
      long fileSizeBytes,
      long partSizeBytes,
      int partCount,
      int uploadedPartCount,
      int missingPartCount,
      @Nullable String checksumAlgorithm,
      @Nullable Instant pausedAt,
      @Nullable String pauseReason,
      @Nullable Instant expiresAt,
      @Nullable Instant createdAt,
      @Nullable Instant updatedAt,
      @Nullable LastError lastError,
      @Nullable Diagnosis diagnosis)
      implements Result {}

  record Acknowledged(UUID sessionId, int acknowledgedPartCount, int uploadedPartCount)
      implements Result {}

  /**
   * The answer to {@code list_parts}: rows, or {@code uploaded} as ranges such as {@code 1-40,43}.
   */
  record PartList(
      UUID sessionId,
      @Nullable String source,
      int partCount,
      int uploadedPartCount,
      List<Integer> missingPartNumbers,
      List<Part> parts,
      @Nullable String uploaded,
      @Nullable String nextCursor)
      implements Result {
    public PartList {
      missingPartNumbers = Lists.copy(missingPartNumbers);
      parts = Lists.copy(parts);
    }
  }

  record Part(
      int partNumber,
      @Nullable String etag,
      @Nullable Long sizeBytes,
      @Nullable String status,
      @Nullable Boolean confirmed,
      @Nullable Instant uploadedAt,
      long expectedSizeBytes,
      long offsetStart,
      long offsetEndExclusive,
      @Nullable Instant lastPresignedAt,
      @Nullable Instant presignExpiresAt) {}

  record Paused(
      UUID sessionId, String status, @Nullable Instant pausedAt, @Nullable String pauseReason)
      implements Result {}

  record Resumed(UUID sessionId, String status, @Nullable Instant resumedAt) implements Result {}

  /**
   * A finished object.
   *
   * @param receipt a compact JWS; null where there is none, or no room for it
   */
  record Completed(
      UUID sessionId,
      String status,
      @Nullable String bucket,
      @Nullable String objectKey,
      long objectSizeBytes,
      @Nullable String etag,
      @Nullable Instant completedAt,
      @Nullable String receipt,
      List<String> warnings)
      implements Result {
    public Completed {
      warnings = Lists.copy(warnings);
    }
  }

  record Aborted(UUID sessionId, String status, @Nullable Instant abortedAt) implements Result {}

  record Extended(
      UUID sessionId, String status, @Nullable Instant expiresAt, @Nullable Long expiresInSeconds)
      implements Result {}

  /** The answer to {@code rotate_credential}; a repeated one has no material. */
  record Credential(
      UUID credentialId,
      int credentialVersion,
      @Nullable String credentialMaterial,
      @Nullable Instant issuedAt,
      @Nullable Instant expiresAt)
      implements Result {}

  /** The answer to {@code describe}. Its inner parts are maps, as more may be said over time. */
  record Description(
      Instant serverTime,
      @Nullable String storageEndpoint,
      List<String> encodings,
      List<String> mqttVersions,
      List<String> browserHeaders,
      Map<String, Object> limits,
      boolean developmentSeed,
      @Nullable Map<String, Object> device)
      implements Result {
    public Description {
      encodings = Lists.copy(encodings);
      mqttVersions = Lists.copy(mqttVersions);
      browserHeaders = Lists.copy(browserHeaders);
      limits = limits == null ? Map.of() : Plain.copy(limits);
    }
  }

  /**
   * URLs of parts, full or compact. Use {@link #part(int)} and do not care which; {@link
   * #partNumbers()} tells which parts there are.
   */
  record Presigned(
      UUID sessionId,
      String method,
      @Nullable Instant expiresAt,
      @Nullable Long expiresInSeconds,
      List<PresignedPart> parts,
      @Nullable String urlTemplate,
      long partSizeBytes,
      long fileSizeBytes,
      List<String> requiredHeaderNames,
      Map<Integer, String> signatures,
      @Nullable Integer nextPartNumber)
      implements Result {
    public Presigned {
      parts = Lists.copy(parts);
      requiredHeaderNames = Lists.copy(requiredHeaderNames);
      signatures = signatures == null ? Map.of() : Map.copyOf(signatures);
    }

    /** The parts that have a URL here, in order. */
    public List<Integer> partNumbers() {
      return urlTemplate == null
          ? parts.stream().map(PresignedPart::partNumber).sorted().toList()
          : signatures.keySet().stream().sorted().toList();
    }

    /**
     * The URL and slice of one part, or null when it is not among them. A compact answer names the
     * headers that must be sent; their values are those that the client gave.
     */
    public @Nullable PresignedPart part(int number) {
      if (urlTemplate == null) {
        return parts.stream().filter(p -> p.partNumber() == number).findFirst().orElse(null);
      }
      String signature = signatures.get(number);
      if (signature == null) {
        return null;
      }
      long start = (number - 1) * partSizeBytes;
      long end = Math.min(start + partSizeBytes, fileSizeBytes);
      String url = CompactUrls.expand(urlTemplate, number, signature);
      return new PresignedPart(number, url, end - start, start, end, Map.of());
    }

    /** Without the URLs: this may be logged. */
    @Override
    public String toString() {
      return "Presigned[" + sessionId + ", parts " + partNumbers() + ", until " + expiresAt + "]";
    }
  }

  /** Where one part goes, and which bytes of the file it is. */
  record PresignedPart(
      int partNumber,
      String url,
      long expectedSizeBytes,
      long offsetStart,
      long offsetEndExclusive,
      Map<String, String> requiredHeaders) {
    public PresignedPart {
      requiredHeaders = requiredHeaders == null ? Map.of() : Map.copyOf(requiredHeaders);
    }

    /** Without the URL: this may be logged. */
    @Override
    public String toString() {
      return "PresignedPart[" + partNumber + "]";
    }
  }
}

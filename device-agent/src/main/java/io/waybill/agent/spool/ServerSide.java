package io.waybill.agent.spool;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the server calls one file of an upload, once it has answered.
 *
 * @param checksumAlgorithm of the sums that it wants of every part; null where it wants none
 */
public record ServerSide(
    String objectId,
    String sessionId,
    @Nullable String datasetId,
    @Nullable String bucket,
    @Nullable String objectKey,
    long partSizeBytes,
    int partCount,
    @Nullable String checksumAlgorithm) {

  /** What S3 takes in one upload. */
  private static final int MOST_PARTS = 10_000;

  public ServerSide {
    UUID.fromString(objectId);
    UUID.fromString(sessionId);
    if (partSizeBytes < 1 || partCount < 1 || partCount > MOST_PARTS) {
      throw new IllegalArgumentException(
          "a plan of " + partCount + " parts of " + partSizeBytes + " bytes is none");
    }
  }
}

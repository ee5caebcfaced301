package io.waybill.agent.spool;

import org.jspecify.annotations.Nullable;

/** What the server calls one file of an upload, once it has answered. */
public record ServerSide(
    String objectId,
    String sessionId,
    @Nullable String datasetId,
    @Nullable String bucket,
    @Nullable String objectKey,
    long partSizeBytes,
    int partCount) {

  public ServerSide {
    if (partSizeBytes < 1 || partCount < 1) {
      throw new IllegalArgumentException(
          "a plan of " + partCount + " parts of " + partSizeBytes + " bytes is none");
    }
  }
}

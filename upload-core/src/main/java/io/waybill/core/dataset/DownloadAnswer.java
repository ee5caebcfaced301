package io.waybill.core.dataset;

import java.time.Instant;
import java.util.UUID;

/** A URL for one object's bytes. Never stored, never logged. */
public record DownloadAnswer(
    UUID datasetId, String method, String url, Instant expiresAt, long expiresInSeconds) {

  @Override
  public String toString() {
    return "DownloadAnswer[" + datasetId + "]";
  }
}

package io.waybill.core.upload;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file of a task.
 *
 * @param sessionId its current session; each retry makes another
 * @param checksumSha256 lower-case hex, as the client reported it
 */
public record TaskObject(
    UUID objectId,
    UUID datasetId,
    UUID sessionId,
    String datasetName,
    String objectName,
    String contentType,
    ObjectStatus status,
    int retryCount,
    @Nullable String checksumSha256,
    Map<String, Object> metadata) {

  public TaskObject {
    metadata = Map.copyOf(metadata);
  }

  /** The same object with a new session. */
  public TaskObject retriedAs(UUID newSessionId) {
    return new TaskObject(
        objectId,
        datasetId,
        newSessionId,
        datasetName,
        objectName,
        contentType,
        ObjectStatus.PENDING,
        retryCount + 1,
        checksumSha256,
        metadata);
  }
}

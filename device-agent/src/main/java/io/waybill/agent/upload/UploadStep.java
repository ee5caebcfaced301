package io.waybill.agent.upload;

import io.waybill.agent.spool.FileState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a file, as it happens. */
public sealed interface UploadStep {

  /** The name of the file that it happened to. */
  String file();

  /** The server made a session for it. */
  record Opened(
      String file,
      String taskId,
      String sessionId,
      @Nullable String objectKey,
      int partCount,
      long partSizeBytes,
      int urls,
      Duration took)
      implements UploadStep {}

  /** The server was asked what it has; only the rest is sent. */
  record Reconciled(String file, String sessionId, int stored, int of, Duration took)
      implements UploadStep {}

  /** URLs were issued. */
  record Presigned(String file, int urls, Duration took) implements UploadStep {}

  /** The store took a part. */
  record Stored(String file, int part, long bytes, Duration took) implements UploadStep {}

  /** A part has to be sent again. */
  record Again(String file, int part, String reason, Duration in) implements UploadStep {}

  record Acknowledged(String file, int parts, Duration took) implements UploadStep {}

  /** Nothing moves for now. Without a next try, something else than time ends it. */
  record Waiting(String file, String reason, @Nullable Instant nextTry) implements UploadStep {}

  /** Its parts are stored; the file is read once more and compared with what was sent. */
  record Checking(String file, long bytes) implements UploadStep {}

  /** It goes on. */
  record GoesOn(String file) implements UploadStep {}

  record Extended(String file, @Nullable Instant until) implements UploadStep {}

  /** The old session is gone; the object got another one. */
  record Restarted(String file, String reason, String sessionId) implements UploadStep {}

  /** The object is whole in the store. */
  record Completed(
      String file,
      String sessionId,
      @Nullable String datasetId,
      @Nullable String bucket,
      @Nullable String objectKey,
      long bytes,
      @Nullable String etag,
      Duration took)
      implements UploadStep {}

  /** It ended another way. */
  record Ended(String file, FileState state, String reason) implements UploadStep {}

  /** Worth knowing; changes nothing. */
  record Warned(String file, String text) implements UploadStep {}
}

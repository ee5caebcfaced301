package io.waybill.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a device asks for; what could not be understood is one more command. */
public sealed interface Command {

  /** Starts an upload task of one or more files. */
  record CreateSession(
      UUID projectId,
      @Nullable String taskName,
      @Nullable String taskInitiator,
      @Nullable UUID sourceDeviceId,
      @Nullable String sourceDeviceCode,
      @Nullable UUID storagePolicyId,
      List<NewObject> objects,
      Map<String, Object> metadata,
      @Nullable PresignFirst presign)
      implements Command {
    public CreateSession {
      objects = List.copyOf(objects);
      metadata = Plain.copy(metadata);
    }
  }

  /** One file of a task to be. */
  record NewObject(
      @Nullable UUID datasetId,
      @Nullable String datasetName,
      String objectName,
      long fileSizeBytes,
      @Nullable String contentType,
      @Nullable Long partSizeBytes,
      @Nullable String checksumSha256,
      Map<String, Object> metadata) {
    public NewObject {
      metadata = Plain.copy(metadata);
    }

    /** One for a dataset of its own. */
    public NewObject(
        @Nullable String datasetName,
        String objectName,
        long fileSizeBytes,
        @Nullable String contentType,
        @Nullable Long partSizeBytes,
        @Nullable String checksumSha256,
        Map<String, Object> metadata) {
      this(
          null,
          datasetName,
          objectName,
          fileSizeBytes,
          contentType,
          partSizeBytes,
          checksumSha256,
          metadata);
    }
  }

  /** Asks for the URLs of the first parts in the same answer. */
  record PresignFirst(int first, @Nullable Long expiresInSeconds, Encoding encoding) {}

  /** Asks for URLs: either the listed parts or a range, both ends included. */
  record PresignParts(
      UUID sessionId,
      @Nullable List<Integer> partNumbers,
      @Nullable Integer partNumberStart,
      @Nullable Integer partNumberEnd,
      @Nullable Long expiresInSeconds,
      Map<Integer, String> checksums,
      Encoding encoding)
      implements Command {
    public PresignParts {
      partNumbers = partNumbers == null ? null : List.copyOf(partNumbers);
      checksums = Map.copyOf(checksums);
    }
  }

  /** Tells which parts the storage took. */
  record AcknowledgePart(UUID sessionId, List<SentPart> parts) implements Command {
    public AcknowledgePart {
      parts = List.copyOf(parts);
    }
  }

  /** A part as the storage answered to its PUT. */
  record SentPart(int partNumber, String etag, long sizeBytes, @Nullable String checksumSha256) {}

  record GetStatus(UUID sessionId) implements Command {}

  /** Asks which parts there are, by our rows, by the storage, or by both made equal. */
  record ListParts(
      UUID sessionId,
      PartSource source,
      @Nullable Integer limit,
      @Nullable String cursor,
      PartEncoding encoding)
      implements Command {}

  record PauseUpload(
      UUID sessionId, @Nullable String reason, @Nullable InflightBehavior clientInflightBehavior)
      implements Command {}

  record ResumeUpload(UUID sessionId, @Nullable String reason) implements Command {}

  record CompleteUpload(
      UUID sessionId, List<ReportedPart> clientReportedParts, @Nullable String checksumSha256)
      implements Command {
    public CompleteUpload {
      clientReportedParts = List.copyOf(clientReportedParts);
    }
  }

  /** A part as the client remembers it; the storage's own word wins. */
  record ReportedPart(int partNumber, String etag) {}

  record AbortUpload(UUID sessionId, @Nullable String reason) implements Command {}

  record ExtendUpload(UUID sessionId, long extendBySeconds, @Nullable String reason)
      implements Command {}

  /** Asks for a new session for a file of a task whose session ended without success. */
  record RetryObject(UUID taskId, UUID objectId) implements Command {}

  /** Asks for a new credential, which the answer alone tells. */
  record RotateCredential() implements Command {}

  record Describe() implements Command {}

  /** What could not be understood: the code of the error to answer, and what is wrong. */
  record Malformed(
      String code, String message, List<FieldError> errors, Map<String, Object> details)
      implements Command {
    public Malformed {
      errors = List.copyOf(errors);
      details = Map.copyOf(details);
    }

    static final String NOT_UNDERSTOOD = "mqtt.malformed";
    static final String UNKNOWN_COMMAND = "mqtt.unknown_command";
    static final String TOO_LARGE = "mqtt.request_too_large";
    static final String INVALID = "request.validation_failed";
  }

  /** Every command by the name it has on the wire. */
  enum Name {
    CREATE_SESSION,
    PRESIGN_PARTS,
    ACKNOWLEDGE_PART,
    GET_STATUS,
    LIST_PARTS,
    PAUSE_UPLOAD,
    RESUME_UPLOAD,
    COMPLETE_UPLOAD,
    ABORT_UPLOAD,
    EXTEND_UPLOAD,
    RETRY_OBJECT,
    ROTATE_CREDENTIAL,
    DESCRIBE;

    public static Optional<Name> of(String wireName) {
      return Arrays.stream(values()).filter(n -> n.toString().equals(wireName)).findFirst();
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How presigned URLs are written. */
  enum Encoding {
    FULL,
    COMPACT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How a list of parts is written. */
  enum PartEncoding {
    ROWS,
    RANGES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose word a list of parts is. */
  enum PartSource {
    DB,
    STORAGE,
    RECONCILE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the client does with parts under way when it is paused. */
  enum InflightBehavior {
    ALLOW_FINISH,
    CANCEL_INFLIGHT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The name this command has on the wire; what was not understood has none. */
  default Optional<Name> wireName() {
    return switch (this) {
      case CreateSession c -> Optional.of(Name.CREATE_SESSION);
      case PresignParts c -> Optional.of(Name.PRESIGN_PARTS);
      case AcknowledgePart c -> Optional.of(Name.ACKNOWLEDGE_PART);
      case GetStatus c -> Optional.of(Name.GET_STATUS);
      case ListParts c -> Optional.of(Name.LIST_PARTS);
      case PauseUpload c -> Optional.of(Name.PAUSE_UPLOAD);
      case ResumeUpload c -> Optional.of(Name.RESUME_UPLOAD);
      case CompleteUpload c -> Optional.of(Name.COMPLETE_UPLOAD);
      case AbortUpload c -> Optional.of(Name.ABORT_UPLOAD);
      case ExtendUpload c -> Optional.of(Name.EXTEND_UPLOAD);
      case RetryObject c -> Optional.of(Name.RETRY_OBJECT);
      case RotateCredential c -> Optional.of(Name.ROTATE_CREDENTIAL);
      case Describe c -> Optional.of(Name.DESCRIBE);
      case Malformed c -> Optional.empty();
    };
  }
}

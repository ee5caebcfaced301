package io.waybill.s3;

import io.waybill.core.port.ObjectStore;
import io.waybill.core.upload.ObjectLocation;
import io.waybill.core.upload.StoredObject;
import io.waybill.core.upload.StoredPart;
import io.waybill.s3.StorageFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The store on the AWS SDK: each method is one S3 operation, tried once. {@link
 * RetryingObjectStore} tries again.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

  private static final int PARALLEL_CREATES = 8;
  private static final int PARTS_PER_PAGE = 1_000;

  /** Only these end a completion; after anything else the caller looks what is there. */
  private static final Set<String> COMPLETE_REFUSALS =
      Set.of("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "AccessDenied");

  private final S3Settings settings;
  private final Map<String, S3Client> clients;

  public S3ObjectStore(S3Settings settings) {
    this.settings = settings;
    this.clients =
        settings.endpoints().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    entry -> S3Clients.of(entry.getValue(), settings.timeouts())));
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    if (uploads.size() == 1) {
      return List.of(createUpload(uploads.getFirst()));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            PARALLEL_CREATES, Thread.ofVirtual().name("create-upload-", 0).factory())) {
      List<Callable<CreateOutcome>> calls =
          uploads.stream()
              .<Callable<CreateOutcome>>map(upload -> () -> createUpload(upload))
              .toList();
      return threads.invokeAll(calls).stream().map(S3ObjectStore::outcome).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StorageFault.of(e).outage("CreateMultipartUpload");
    }
  }

  private CreateOutcome createUpload(NewUpload upload) {
    ObjectLocation location = upload.location();
    try {
      String uploadId =
          call(
              location.endpointRef(),
              settings.timeouts().request(),
              s3 ->
                  s3.createMultipartUpload(request ->
                          request
                              .bucket(location.bucket())
                              .key(location.key())
                              .contentType(upload.contentType()))
                      .uploadId());
      if (uploadId == null || uploadId.isBlank()) {
        throw StorageFault.nonsense("a new upload without an id");
      }
      return new CreateOutcome.Created(uploadId);
    } catch (StorageFault fault) {
      return fault.kind() == Kind.REFUSED
          ? new CreateOutcome.Refused(fault.storageCode(), fault.message())
          : new CreateOutcome.Unavailable(fault.outage("CreateMultipartUpload"));
    }
  }

  private static CreateOutcome outcome(Future<CreateOutcome> done) {
    try {
      return done.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a finished call has an outcome", e);
    }
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    try {
      return new ListOutcome.Parts(
          call(
              location.endpointRef(),
              settings.timeouts().list(),
              s3 ->
                  PartPages.all(after ->
                      s3.listParts(request ->
                          request
                              .bucket(location.bucket())
                              .key(location.key())
                              .uploadId(uploadId)
                              .maxParts(PARTS_PER_PAGE)
                              .partNumberMarker(after == 0 ? null : after)))));
    } catch (StorageFault fault) {
      return switch (fault.kind()) {
        case NO_SUCH_UPLOAD -> new ListOutcome.NoSuchUpload();
        case REFUSED -> new ListOutcome.Refused(fault.storageCode(), fault.message());
        case NOT_FOUND, SLOW_DOWN, UNAVAILABLE, UNREACHABLE -> throw fault.outage("ListParts");
      };
    }
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(part -> CompletedPart.builder().partNumber(part.partNumber()).eTag(part.etag()))
            .map(CompletedPart.Builder::build)
            .toList();
    try {
      CompleteMultipartUploadResponse answer =
          call(
              location.endpointRef(),
              settings.timeouts().complete(),
              s3 ->
                  s3.completeMultipartUpload(request ->
                      request
                          .bucket(location.bucket())
                          .key(location.key())
                          .uploadId(uploadId)
                          .ifNoneMatch(ifAbsent(location) ? "*" : null)
                          .multipartUpload(upload -> upload.parts(completed))));
      return isResult(answer)
          ? new CompleteOutcome.Done()
          : new CompleteOutcome.Unknown("success without a result");
    } catch (StorageFault fault) {
      return fault.kind() == Kind.REFUSED && COMPLETE_REFUSALS.contains(fault.storageCode())
          ? new CompleteOutcome.Refused(fault.storageCode(), fault.message())
          : new CompleteOutcome.Unknown(fault.what());
    }
  }

  private boolean ifAbsent(ObjectLocation location) {
    S3Endpoint endpoint = settings.endpoints().get(location.endpointRef());
    return endpoint != null && endpoint.completeIfAbsent();
  }

  /** An empty ETag is normal on some stores; a body that names nothing at all is no result. */
  private static boolean isResult(CompleteMultipartUploadResponse answer) {
    return answer.key() != null || answer.location() != null || answer.eTag() != null;
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    try {
      HeadObjectResponse head =
          call(
              location.endpointRef(),
              settings.timeouts().request(),
              s3 -> s3.headObject(r -> r.bucket(location.bucket()).key(location.key())));
      if (head.contentLength() == null) {
        throw StorageFault.nonsense("an object without a length");
      }
      return Optional.of(
          new StoredObject(
              head.contentLength(), Objects.requireNonNullElse(head.eTag(), ""), head.versionId()));
    } catch (StorageFault fault) {
      if (fault.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw fault.outage("HeadObject");
    }
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    try {
      return call(
          location.endpointRef(),
          settings.timeouts().request(),
          s3 -> {
            s3.abortMultipartUpload(
                r -> r.bucket(location.bucket()).key(location.key()).uploadId(uploadId));
            return AbortOutcome.ABORTED;
          });
    } catch (StorageFault fault) {
      if (fault.kind() == Kind.NO_SUCH_UPLOAD) {
        return AbortOutcome.NO_SUCH_UPLOAD;
      }
      throw fault.outage("AbortMultipartUpload");
    }
  }

  @Override
  public void check(String endpointRef, String bucket) {
    try {
      call(endpointRef, settings.timeouts().check(), s3 -> s3.headBucket(r -> r.bucket(bucket)));
    } catch (StorageFault fault) {
      throw fault.outage("HeadBucket");
    }
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
  }

  private <T> T call(String endpointRef, Duration limit, Function<S3Client, T> operation) {
    S3Client client = clients.get(endpointRef);
    if (client == null) {
      throw StorageFault.unconfigured(endpointRef);
    }
    return Deadline.within(limit, () -> operation.apply(client));
  }
}

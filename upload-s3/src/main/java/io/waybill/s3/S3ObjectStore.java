package io.waybill.s3;

import io.waybill.core.storage.FinishedObjects;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectReader;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.s3.StorageFault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the answers of a real store mean: each method is one S3 operation, tried once. {@link
 * RetryingObjectStore} tries again.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

  private static final int PARALLEL_CREATES = 8;

  private final S3Settings settings;
  private final StoreCalls calls;
  private final CopySizes copies;
  private final FinishedObjects finished;

  public S3ObjectStore(S3Settings settings) {
    this(settings, CopySizes.STANDARD);
  }

  /** One that copies in parts of another size. */
  public S3ObjectStore(S3Settings settings, CopySizes copies) {
    this(settings, new StoreCalls(settings), copies);
  }

  private S3ObjectStore(S3Settings settings, StoreCalls calls, CopySizes copies) {
    this.settings = settings;
    this.calls = calls;
    this.copies = copies;
    this.finished = new S3FinishedObjects(calls, new S3Copies(calls, copies));
  }

  /** Reads what is in these stores, through the same connections. */
  public ObjectReader reader(RetryPolicy policy) {
    return new S3ObjectReader(calls, Attempts.Retrying.by(policy));
  }

  /** Lists what these stores have under way, through the same connections. */
  public UnfinishedUploads unfinishedUploads(RetryPolicy policy) {
    return new S3UnfinishedUploads(calls, Attempts.Retrying.by(policy));
  }

  /** Lists the finished objects of these stores, through the same connections. */
  public StoredObjects storedObjects(RetryPolicy policy) {
    return new S3StoredObjects(calls, Attempts.Retrying.by(policy));
  }

  @Override
  public ObjectStore within(Duration phase) {
    return new S3ObjectStore(settings, calls.within(phase), copies);
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    Deadline all = calls.in(settings.timeouts().request());
    if (uploads.size() == 1) {
      return List.of(createUpload(uploads.getFirst(), all));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            PARALLEL_CREATES, Thread.ofVirtual().name("create-upload-", 0).factory())) {
      List<Callable<CreateOutcome>> calls =
          uploads.stream()
              .<Callable<CreateOutcome>>map(upload -> () -> createUpload(upload, all))
              .toList();
      return threads.invokeAll(calls).stream().map(S3ObjectStore::outcome).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StorageFault.of(e).outage("CreateMultipartUpload");
    }
  }

  private CreateOutcome createUpload(NewUpload upload, Deadline end) {
    ObjectLocation location = upload.location();
    try {
      StoreClient.Created created =
          calls.call(location.endpointRef(), end, s3 -> s3.create(upload));
      String uploadId = created.uploadId();
      if (uploadId == null) {
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
          calls.call(
              location.endpointRef(),
              calls.in(settings.timeouts().list()),
              s3 -> PartPages.all(after -> s3.list(location, uploadId, after))));
    } catch (StorageFault fault) {
      if (fault.isOfUnknownUpload()) {
        return new ListOutcome.NoSuchUpload();
      }
      throw fault.outage("ListParts");
    }
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    try {
      StoreClient.Completed answer =
          calls.call(
              location.endpointRef(),
              Deadline.in(settings.timeouts().complete()),
              s3 -> s3.complete(location, uploadId, parts, ifAbsent(location)));
      return answer.isResult()
          ? new CompleteOutcome.Done()
          : new CompleteOutcome.Unknown("success without a result");
    } catch (StorageFault fault) {
      return outcome(fault);
    }
  }

  private static CompleteOutcome outcome(StorageFault fault) {
    return switch (fault.kind()) {
      case PARTS_CHANGED -> new CompleteOutcome.PartsChanged(fault.storageCode(), fault.message());
      case PART_TOO_SMALL -> new CompleteOutcome.PartTooSmall(fault.storageCode(), fault.message());
      case DENIED -> new CompleteOutcome.Denied(fault.outage("CompleteMultipartUpload"));
      case REFUSED,
          FORBIDDEN,
          NO_SUCH_UPLOAD,
          NOT_FOUND,
          SLOW_DOWN,
          UNAVAILABLE,
          NONSENSE,
          UNREACHABLE,
          UNTRUSTED ->
          new CompleteOutcome.Unknown(fault.what());
    };
  }

  private boolean ifAbsent(ObjectLocation location) {
    S3Endpoint endpoint = settings.endpoints().get(location.endpointRef());
    return endpoint != null && endpoint.completeIfAbsent();
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    try {
      StoreClient.Headed head =
          calls.call(
              location.endpointRef(),
              calls.in(settings.timeouts().request()),
              s3 -> s3.head(location, null));
      Long sizeBytes = head.sizeBytes();
      String etag = head.etag();
      if (sizeBytes == null || etag == null || etag.isBlank()) {
        throw StorageFault.nonsense("an object without a length or an ETag");
      }
      return Optional.of(new StoredObject(sizeBytes, etag, head.versionId(), head.sums()));
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
      return calls.call(
          location.endpointRef(),
          calls.in(settings.timeouts().request()),
          s3 -> {
            s3.abort(location, uploadId);
            return AbortOutcome.ABORTED;
          });
    } catch (StorageFault fault) {
      if (fault.isOfUnknownUpload()) {
        return AbortOutcome.NO_SUCH_UPLOAD;
      }
      throw fault.outage("AbortMultipartUpload");
    }
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    finished.delete(location, versionId, bypass);
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    finished.hold(location, versionId, status);
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return finished.copy(source, target);
  }

  @Override
  public void check(String endpointRef, String bucket) {
    try {
      calls.call(
          endpointRef, Deadline.in(settings.timeouts().check()), s3 -> s3.headBucket(bucket));
    } catch (StorageFault fault) {
      throw fault.outage("HeadBucket");
    }
  }

  @Override
  public void close() {
    calls.close();
  }
}

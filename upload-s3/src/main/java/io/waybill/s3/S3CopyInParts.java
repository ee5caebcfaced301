package io.waybill.s3;

import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.StorageFault.Kind;
import io.waybill.s3.StoreCalls.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One copy of an object that is too large for one call. */
record S3CopyInParts(StoreCalls calls, CopySource source, NewUpload target) {

  private static final int PARALLEL_PARTS = 4;

  /** Throws an outage, or the fault that ends all trying. */
  void copy(List<CopyRange> ranges) {
    String uploadId = create();
    List<StoredPart> parts;
    try {
      parts = parts(uploadId, ranges);
    } catch (RuntimeException failure) {
      abort(uploadId, failure);
      throw failure;
    }
    complete(uploadId, parts);
  }

  private String create() {
    StoreClient.Created created =
        ask("CreateMultipartUpload", calls.timeouts().request(), s3 -> s3.create(target));
    String uploadId = created.uploadId();
    if (uploadId == null) {
      throw StorageFault.nonsense("a new upload without an id").outage("CreateMultipartUpload");
    }
    return uploadId;
  }

  /** The first part that fails ends them all. */
  private List<StoredPart> parts(String uploadId, List<CopyRange> ranges) {
    List<StoredPart> parts = new ArrayList<>(ranges.size());
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            PARALLEL_PARTS, Thread.ofVirtual().name("copy-part-", 0).factory())) {
      CompletionService<StoredPart> copied = new ExecutorCompletionService<>(threads);
      ranges.forEach(range -> copied.submit(() -> part(uploadId, range)));
      try {
        while (parts.size() < ranges.size()) {
          parts.add(copied.take().get());
        }
      } finally {
        threads.shutdownNow();
      }
    } catch (ExecutionException e) {
      throw unchecked(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StorageFault.of(e).outage("UploadPartCopy");
    }
    parts.sort(Comparator.comparingInt(StoredPart::partNumber));
    return parts;
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    if (failure.getCause() instanceof Error bug) {
      throw bug;
    }
    return failure.getCause() instanceof RuntimeException known
        ? known
        : new IllegalStateException(failure.getCause());
  }

  private StoredPart part(String uploadId, CopyRange range) {
    StoreClient.Copied copied =
        ask(
            "UploadPartCopy",
            calls.timeouts().complete(),
            s3 -> s3.copyPart(source, to(), uploadId, range));
    String etag = copied.etag();
    if (etag == null) {
      throw StorageFault.nonsense("a part without an ETag").outage("UploadPartCopy");
    }
    return new StoredPart(
        range.partNumber(), etag, range.sizeBytes(), Instant.EPOCH, copied.sums());
  }

  /** What had no clear answer may still be under way, and is left alone. */
  private void complete(String uploadId, List<StoredPart> parts) {
    StoreClient.Completed answer;
    try {
      answer =
          calls.call(
              to().endpointRef(),
              Deadline.in(calls.timeouts().complete()),
              s3 -> s3.complete(to(), uploadId, parts, false));
    } catch (StorageFault fault) {
      RuntimeException failure = S3Copies.forGoodOrOutage(fault, "CompleteMultipartUpload");
      if (isNo(fault)) {
        abort(uploadId, failure);
      }
      throw failure;
    }
    if (!answer.isResult()) {
      throw StorageFault.nonsense("success without a result").outage("CompleteMultipartUpload");
    }
  }

  private static boolean isNo(StorageFault fault) {
    return S3Copies.isForGood(fault)
        || fault.kind() == Kind.DENIED
        || fault.kind() == Kind.PARTS_CHANGED
        || fault.kind() == Kind.PART_TOO_SMALL;
  }

  /** What cannot be aborted now is an orphan: storage's own expiry or the sweep ends it. */
  private void abort(String uploadId, RuntimeException failure) {
    try {
      ask(
          "AbortMultipartUpload",
          calls.timeouts().request(),
          s3 -> {
            s3.abort(to(), uploadId);
            return uploadId;
          });
    } catch (RuntimeException orphaned) {
      failure.addSuppressed(orphaned);
    }
  }

  private <T> T ask(String name, Duration time, Operation<T> operation) {
    try {
      return calls.call(to().endpointRef(), Deadline.in(time), operation);
    } catch (StorageFault fault) {
      throw S3Copies.forGoodOrOutage(fault, name);
    }
  }

  private ObjectLocation to() {
    return target.location();
  }
}

package io.waybill.s3;

import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.s3.StorageFault.Kind;
import io.waybill.s3.StoreCalls.Operation;
import java.util.Objects;
import java.util.Set;

/**
 * Copies that a store makes by itself: small ones in one call, large ones in parts. Each call has
 * the time of a completion, whatever phase it is part of.
 */
final class S3Copies {

  /** What stays a no to this copy, beside what is one to every object. */
  private static final Set<String> FOR_GOOD =
      Set.of(
          "HTTP 405",
          "HTTP 412",
          "HTTP 416",
          "HTTP 501",
          "InvalidArgument",
          "InvalidObjectState",
          "InvalidRange",
          "InvalidRequest",
          "MethodNotAllowed",
          "NotImplemented",
          "PreconditionFailed");

  private final StoreCalls calls;
  private final CopySizes sizes;

  S3Copies(StoreCalls calls, CopySizes sizes) {
    this.calls = calls;
    this.sizes = sizes;
  }

  /** A fault that no repetition of the copy can heal. */
  static boolean isForGood(StorageFault fault) {
    return fault.kind() == Kind.REFUSED || FOR_GOOD.contains(fault.storageCode());
  }

  CopyOutcome copy(CopySource source, NewUpload target) {
    try {
      requireUnchanged(source);
      if (sizes.isWhole(source.sizeBytes())) {
        whole(source, target);
      } else {
        new S3CopyInParts(calls, source, target).copy(sizes.ranges(source.sizeBytes()));
      }
      return new CopyOutcome.Copied();
    } catch (StorageFault fault) {
      return new CopyOutcome.Refused(fault.storageCode(), fault.message());
    }
  }

  /** Not every store heeds the condition that a copy is asked for with. */
  private void requireUnchanged(CopySource source) {
    StoreClient.Headed head =
        ofSource(
            "HeadObject",
            source,
            Deadline.in(calls.timeouts().request()),
            s3 -> s3.head(source.location(), source.versionId()));
    if (!source.etag().equals(head.etag())
        || !Objects.equals(source.sizeBytes(), head.sizeBytes())) {
      throw StorageFault.answered(412, "PreconditionFailed", "the source is another");
    }
  }

  private void whole(CopySource source, NewUpload target) {
    StoreClient.Copied copied =
        ofSource(
            "CopyObject",
            source,
            Deadline.in(calls.timeouts().complete()),
            s3 -> s3.copy(source, target));
    if (copied.etag() == null) {
      throw StorageFault.nonsense("a copy without an ETag").outage("CopyObject");
    }
  }

  /** Where it is the source that is not found, it will not be. */
  private <T> T ofSource(String name, CopySource source, Deadline end, Operation<T> operation) {
    try {
      return calls.call(source.location().endpointRef(), end, operation);
    } catch (StorageFault fault) {
      if (fault.kind() == Kind.NOT_FOUND) {
        throw StorageFault.answered(404, "NoSuchKey", "the source is gone");
      }
      throw forGoodOrOutage(fault, name);
    }
  }

  static RuntimeException forGoodOrOutage(StorageFault fault, String name) {
    return isForGood(fault) ? fault : fault.outage(name);
  }
}

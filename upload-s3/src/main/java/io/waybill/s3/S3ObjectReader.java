package io.waybill.s3;

import io.waybill.core.storage.ObjectReader;
import io.waybill.s3.StorageFault.Kind;
import java.util.Optional;

/** Ranges of objects, read from a real store and repeated where that may help. */
final class S3ObjectReader implements ObjectReader {
  private static final String ANOTHER_ETAG = "PreconditionFailed";

  private final StoreCalls calls;
  private final Attempts.Retrying retrying;

  S3ObjectReader(StoreCalls calls, Attempts.Retrying retrying) {
    this.calls = calls;
    this.retrying = retrying;
  }

  @Override
  public Optional<byte[]> read(StoredRange range) {
    return retrying.of(() -> readOnce(range));
  }

  private Optional<byte[]> readOnce(StoredRange range) {
    try {
      return Optional.of(
          calls.call(
              range.location().endpointRef(),
              Deadline.in(calls.timeouts().list()),
              s3 -> s3.get(range)));
    } catch (StorageFault fault) {
      if (fault.kind() == Kind.NOT_FOUND || isAnother(fault)) {
        return Optional.empty();
      }
      throw fault.outage("GetObject");
    }
  }

  private static boolean isAnother(StorageFault fault) {
    return fault.storageCode().equals(ANOTHER_ETAG) || fault.storageCode().equals("HTTP 412");
  }
}

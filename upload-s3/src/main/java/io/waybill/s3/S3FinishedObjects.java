package io.waybill.s3;

import io.waybill.core.storage.FinishedObjects;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.s3.StorageFault.Kind;
import io.waybill.s3.StoreCalls.Operation;
import org.jspecify.annotations.Nullable;

/** What the answers of a real store mean where objects are finished. */
record S3FinishedObjects(StoreCalls calls, S3Copies copies) implements FinishedObjects {

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    orGone("DeleteObject", location, s3 -> s3.delete(location, versionId, bypass));
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    orGone("PutObjectLegalHold", location, s3 -> s3.hold(location, versionId, status));
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return copies.copy(source, target);
  }

  private void orGone(String name, ObjectLocation location, Operation<Integer> operation) {
    try {
      calls.call(location.endpointRef(), calls.in(calls.timeouts().request()), operation);
    } catch (StorageFault fault) {
      if (fault.kind() != Kind.NOT_FOUND) {
        throw fault.outage(name);
      }
    }
  }
}

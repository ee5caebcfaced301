package io.waybill.simulator;

import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that says of one thing what is not. */
abstract class Lying implements ObjectStore {
  private final ObjectStore honest;

  Lying(ObjectStore honest) {
    this.honest = honest;
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    return honest.createUploads(uploads);
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return honest.listParts(location, uploadId);
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return honest.complete(location, uploadId, parts);
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return honest.head(location);
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return honest.abort(location, uploadId);
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    honest.delete(location, versionId, bypass);
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    honest.hold(location, versionId, status);
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return honest.copy(source, target);
  }

  @Override
  public void check(String endpointRef, String bucket) {
    honest.check(endpointRef, bucket);
  }

  /** Says of every upload that it was aborted, and keeps it. */
  static final class Forgetful extends Lying {

    Forgetful(ObjectStore honest) {
      super(honest);
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      return AbortOutcome.ABORTED;
    }
  }
}

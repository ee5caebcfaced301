package io.waybill.acceptance.crash;

import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store with a place to die after every call. Uploads of one batch are made one after the other,
 * so that a process can also die between two of them.
 */
final class PointedStore implements ObjectStore {
  static final String CREATE = "the store's create";

  private final ObjectStore store;
  private final FaultPoints points;

  PointedStore(ObjectStore store, FaultPoints points) {
    this.store = store;
    this.points = points;
  }

  private <T> T passed(String call, T answer) {
    points.pass(call);
    return answer;
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    List<CreateOutcome> outcomes = new ArrayList<>();
    for (NewUpload upload : uploads) {
      outcomes.add(passed(CREATE, store.createUploads(List.of(upload)).getFirst()));
    }
    return outcomes;
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return passed("the store's list", store.listParts(location, uploadId));
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return passed("the store's complete", store.complete(location, uploadId, parts));
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return passed("the store's head", store.head(location));
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return passed("the store's abort", store.abort(location, uploadId));
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    store.delete(location, versionId, bypass);
    points.pass("the store's delete");
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    store.hold(location, versionId, status);
    points.pass("the store's hold");
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return passed("the store's copy", store.copy(source, target));
  }

  @Override
  public void check(String endpointRef, String bucket) {
    store.check(endpointRef, bucket);
  }
}

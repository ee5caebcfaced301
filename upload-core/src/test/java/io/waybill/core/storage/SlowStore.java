package io.waybill.core.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store before whose every call something happens. */
record SlowStore(ObjectStore store, Runnable first) implements ObjectStore {

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    first.run();
    return store.createUploads(uploads);
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    first.run();
    return store.listParts(location, uploadId);
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    first.run();
    return store.complete(location, uploadId, parts);
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    first.run();
    return store.head(location);
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    first.run();
    return store.abort(location, uploadId);
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    first.run();
    store.delete(location, versionId, bypass);
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    first.run();
    store.hold(location, versionId, status);
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    first.run();
    return store.copy(source, target);
  }

  @Override
  public void check(String endpointRef, String bucket) {
    first.run();
    store.check(endpointRef, bucket);
  }
}

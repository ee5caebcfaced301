package io.waybill.s3;

import io.waybill.core.Outage;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fails as told, then does nothing well. */
final class ScriptedStore implements ObjectStore {
  final Deque<Outage> outages = new ArrayDeque<>();
  final List<String> unavailableOnce = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final List<String> created = new ArrayList<>();
  Optional<Outage> fallback = Optional.empty();
  final List<Duration> phases = new ArrayList<>();
  int calls;
  private final Outage.Storage unavailable;

  ScriptedStore(Outage.Storage unavailable) {
    this.unavailable = unavailable;
  }

  @Override
  public ObjectStore within(Duration phase) {
    phases.add(phase);
    return this;
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    return uploads.stream().map(upload -> create(upload.location().key())).toList();
  }

  private CreateOutcome create(String key) {
    created.add(key);
    if (unavailableOnce.remove(key)) {
      return new CreateOutcome.Unavailable(unavailable);
    }
    return refused.contains(key)
        ? new CreateOutcome.Refused("KeyTooLongError", "")
        : new CreateOutcome.Created("upload-" + key);
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    failAsTold();
    return new ListOutcome.Parts(List.of());
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    calls++;
    return new CompleteOutcome.Unknown("scripted");
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    failAsTold();
    return Optional.empty();
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    failAsTold();
    return AbortOutcome.ABORTED;
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    failAsTold();
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    failAsTold();
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    failAsTold();
    return new CopyOutcome.Copied();
  }

  @Override
  public void check(String endpointRef, String bucket) {
    failAsTold();
  }

  private void failAsTold() {
    calls++;
    Outage next = outages.poll();
    if (next != null) {
      throw next;
    }
    fallback.ifPresent(outage -> {
      throw outage;
    });
  }
}

package io.waybill.core.storage;

import io.waybill.core.Outage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that knows how it fares. It stands where calls are made, below what repeats them, so that
 * every try counts. What a store refuses is an answer like any other; a completion or a copy is no
 * sign of anything, for the object is copied while it is answered.
 */
public final class WatchedObjectStore implements ObjectStore {

  /** Of a batch, the store is asked for so many at once. */
  private static final int PARALLEL_CREATES = 8;

  private final ObjectStore store;
  private final StorageStrain.Bounds bounds;
  private final LongSupplier nanoTime;
  private final Map<String, StorageStrain> strains;

  public WatchedObjectStore(ObjectStore store, StorageStrain.Bounds bounds, LongSupplier nanoTime) {
    this(store, bounds, nanoTime, new ConcurrentHashMap<>());
  }

  private WatchedObjectStore(
      ObjectStore store,
      StorageStrain.Bounds bounds,
      LongSupplier nanoTime,
      Map<String, StorageStrain> strains) {
    this.store = store;
    this.bounds = bounds;
    this.nanoTime = nanoTime;
    this.strains = strains;
  }

  @Override
  public boolean isStrained(String endpointRef) {
    StorageStrain strain = strains.get(endpointRef);
    return strain != null && strain.isStrained(nanoTime.getAsLong());
  }

  @Override
  public ObjectStore within(Duration phase) {
    return new WatchedObjectStore(store.within(phase), bounds, nanoTime, strains);
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    long began = nanoTime.getAsLong();
    List<CreateOutcome> outcomes = store.createUploads(uploads);
    long now = nanoTime.getAsLong();
    int rounds = Math.ceilDiv(uploads.size(), PARALLEL_CREATES);
    for (int i = 0; i < outcomes.size(); i++) {
      boolean isFailure =
          outcomes.get(i) instanceof CreateOutcome.Unavailable(Outage.Storage outage)
              && !outage.isRefusal();
      String endpointRef = uploads.get(i).location().endpointRef();
      strain(endpointRef).count(isFailure, (now - began) / rounds, now);
    }
    return outcomes;
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return watch(location.endpointRef(), () -> store.listParts(location, uploadId));
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return store.complete(location, uploadId, parts);
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return watch(location.endpointRef(), () -> store.head(location));
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return watch(location.endpointRef(), () -> store.abort(location, uploadId));
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    watch(
        location.endpointRef(),
        () -> {
          store.delete(location, versionId, bypass);
          return location;
        });
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    watch(
        location.endpointRef(),
        () -> {
          store.hold(location, versionId, status);
          return location;
        });
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return store.copy(source, target);
  }

  @Override
  public void check(String endpointRef, String bucket) {
    watch(
        endpointRef,
        () -> {
          store.check(endpointRef, bucket);
          return bucket;
        });
  }

  private <T> T watch(String endpointRef, Supplier<T> call) {
    long began = nanoTime.getAsLong();
    boolean isFailure = false;
    try {
      return call.get();
    } catch (Outage.Storage outage) {
      isFailure = !outage.isRefusal();
      throw outage;
    } finally {
      long now = nanoTime.getAsLong();
      strain(endpointRef).count(isFailure, now - began, now);
    }
  }

  private StorageStrain strain(String endpointRef) {
    StorageStrain known = strains.get(endpointRef);
    return known == null
        ? strains.computeIfAbsent(endpointRef, ref -> new StorageStrain(bounds))
        : known;
  }
}

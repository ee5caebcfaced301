package io.waybill.s3;

import io.waybill.core.Outage;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A store that repeats what failed, as long as a caller can be kept waiting. A completion or a copy
 * is never repeated: after an unknown outcome it is cheaper and safer to look. A readiness check is
 * not either: its answer is about now. Nor is what a repetition cannot heal: a refusal, a
 * certificate that nobody trusts, rubbish.
 */
public final class RetryingObjectStore implements ObjectStore {

  private final ObjectStore store;
  private final Attempts.Retrying retrying;

  /** When the phase is over that this view is for; null where there is none. */
  private final @Nullable Long phaseEnd;

  /** Retries with real pauses. */
  public RetryingObjectStore(ObjectStore store, RetryPolicy policy) {
    this(store, Attempts.Retrying.by(policy), null);
  }

  RetryingObjectStore(
      ObjectStore store,
      RetryPolicy policy,
      Pause pause,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this(store, new Attempts.Retrying(policy, pause, random, nanoTime), null);
  }

  private RetryingObjectStore(
      ObjectStore store, Attempts.Retrying retrying, @Nullable Long phaseEnd) {
    this.store = store;
    this.retrying = retrying;
    this.phaseEnd = phaseEnd;
  }

  @Override
  public boolean isStrained(String endpointRef) {
    return store.isStrained(endpointRef);
  }

  @Override
  public ObjectStore within(Duration phase) {
    long end = retrying.nanoTime().getAsLong() + phase.toNanos();
    return new RetryingObjectStore(store.within(phase), retrying, end);
  }

  /** Repeats those uploads that had no clear answer, and no others. */
  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    Attempts attempts = attempts();
    List<CreateOutcome> outcomes = new ArrayList<>(store.createUploads(uploads));
    while (true) {
      List<Integer> open = new ArrayList<>();
      Optional<Outage.Storage> outage = Optional.empty();
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i) instanceof CreateOutcome.Unavailable(Outage.Storage why)
            && Attempts.mayHelpAgain(why)) {
          open.add(i);
          outage = Optional.of(why);
        }
      }
      if (outage.isEmpty() || !attempts.mayGoOnAfter(outage.get())) {
        return List.copyOf(outcomes);
      }
      List<CreateOutcome> again = store.createUploads(open.stream().map(uploads::get).toList());
      for (int i = 0; i < again.size(); i++) {
        outcomes.set(open.get(i), again.get(i));
      }
    }
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return retry(() -> store.listParts(location, uploadId));
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return store.complete(location, uploadId, parts);
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return retry(() -> store.head(location));
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return retry(() -> store.abort(location, uploadId));
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    retry(() -> {
      store.delete(location, versionId, bypass);
      return location;
    });
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    retry(() -> {
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
    store.check(endpointRef, bucket);
  }

  /** They end with the phase, where that ends before. */
  private Attempts attempts() {
    long own = retrying.end();
    return new Attempts(retrying, phaseEnd == null || own - phaseEnd < 0 ? own : phaseEnd);
  }

  private <T> T retry(Supplier<T> call) {
    return attempts().of(call);
  }
}

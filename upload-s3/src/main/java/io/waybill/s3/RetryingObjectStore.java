package io.waybill.s3;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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
  private final RetryPolicy policy;
  private final Pause pause;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  /** When the phase is over that this view is for; null where there is none. */
  private final @Nullable Long phaseEnd;

  /** Retries with real pauses. */
  public RetryingObjectStore(ObjectStore store, RetryPolicy policy) {
    this(
        store,
        policy,
        Thread::sleep,
        () -> ThreadLocalRandom.current().nextLong(),
        System::nanoTime);
  }

  private RetryingObjectStore(RetryingObjectStore all, ObjectStore store, Duration phase) {
    this.store = store;
    this.policy = all.policy;
    this.pause = all.pause;
    this.random = all.random;
    this.nanoTime = all.nanoTime;
    this.phaseEnd = nanoTime.getAsLong() + phase.toNanos();
  }

  RetryingObjectStore(
      ObjectStore store,
      RetryPolicy policy,
      Pause pause,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.store = store;
    this.policy = policy;
    this.pause = pause;
    this.random = random;
    this.nanoTime = nanoTime;
    this.phaseEnd = null;
  }

  @Override
  public boolean isStrained(String endpointRef) {
    return store.isStrained(endpointRef);
  }

  @Override
  public ObjectStore within(Duration phase) {
    return new RetryingObjectStore(this, store.within(phase), phase);
  }

  /** Repeats those uploads that had no clear answer, and no others. */
  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    Attempts attempts = new Attempts();
    List<CreateOutcome> outcomes = new ArrayList<>(store.createUploads(uploads));
    while (true) {
      List<Integer> open = new ArrayList<>();
      Optional<Outage.Storage> outage = Optional.empty();
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i) instanceof CreateOutcome.Unavailable(Outage.Storage why)
            && mayHelpAgain(why)) {
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
  public void delete(ObjectLocation location, @Nullable String versionId) {
    retry(() -> {
      store.delete(location, versionId);
      return location;
    });
  }

  @Override
  public void release(ObjectLocation location, @Nullable String versionId) {
    retry(() -> {
      store.release(location, versionId);
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

  private <T> T retry(Supplier<T> call) {
    Attempts attempts = new Attempts();
    while (true) {
      try {
        return call.get();
      } catch (Outage.Storage outage) {
        if (!attempts.mayGoOnAfter(outage)) {
          throw outage;
        }
      }
    }
  }

  /**
   * Who refuses us, or is not trusted, will be so a second later; and who answers rubbish has
   * perhaps done what was asked: each upload made without a word of its id is an orphan, under its
   * recorded key.
   */
  private static boolean mayHelpAgain(Outage.Storage outage) {
    return !outage.isRefusal()
        && !(outage.getCause() instanceof StorageFault fault
            && (fault.kind() == StorageFault.Kind.NONSENSE
                || fault.kind() == StorageFault.Kind.UNTRUSTED));
  }

  /** One call's failures so far, and the time they took. */
  private final class Attempts {
    private final long end = end();
    private int failures;

    private long end() {
      long own = nanoTime.getAsLong() + policy.total().toNanos();
      return phaseEnd == null || own - phaseEnd < 0 ? own : phaseEnd;
    }

    /** Pauses and says yes, or says no. */
    boolean mayGoOnAfter(Outage.Storage outage) {
      if (!mayHelpAgain(outage)) {
        return false;
      }
      failures++;
      Duration time = backoff(outage).pause(failures, random);
      if (Thread.currentThread().isInterrupted()
          || nanoTime.getAsLong() + time.toNanos() - end >= 0) {
        return false;
      }
      try {
        pause.sleep(time);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private RetryPolicy.Backoff backoff(Outage.Storage outage) {
      boolean overloaded =
          outage.getCause() instanceof StorageFault fault
              && fault.kind() == StorageFault.Kind.SLOW_DOWN;
      return overloaded ? policy.slowDown() : policy.fault();
    }
  }
}

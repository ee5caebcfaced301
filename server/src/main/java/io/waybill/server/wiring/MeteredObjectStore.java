package io.waybill.server.wiring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.trace.Tracer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store whose calls are counted as the lifecycle makes them, each with its repetitions inside:
 * {@code storage_operation_duration_seconds} has every call, {@code storage_operation_errors_total}
 * those of them that had no clear answer or were refused.
 */
final class MeteredObjectStore implements ObjectStore {
  private static final Duration[] BUCKETS =
      List.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 60_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private enum Operation {
    CREATE,
    LIST_PARTS,
    COMPLETE,
    HEAD,
    ABORT,
    DELETE,
    HOLD,
    COPY,
    CHECK
  }

  private final ObjectStore store;

  private record Meters(String operation, Timer duration, Counter errors) {}

  private final Map<Operation, Meters> meters;
  private final Tracer tracer;

  /**
   * Counts there.
   *
   * @param tracer is told of each call
   */
  MeteredObjectStore(ObjectStore store, MeterRegistry registry, Tracer tracer) {
    this.store = store;
    this.tracer = tracer;
    this.meters = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      String name = operation.name().toLowerCase(Locale.ROOT);
      Timer duration =
          Timer.builder("storage_operation_duration")
              .serviceLevelObjectives(BUCKETS)
              .tag("operation", name)
              .register(registry);
      Counter errors = registry.counter("storage_operation_errors", "operation", name);
      meters.put(operation, new Meters(name, duration, errors));
    }
  }

  private MeteredObjectStore(ObjectStore store, Map<Operation, Meters> meters, Tracer tracer) {
    this.store = store;
    this.meters = meters;
    this.tracer = tracer;
  }

  @Override
  public boolean isStrained(String endpointRef) {
    return store.isStrained(endpointRef);
  }

  @Override
  public ObjectStore within(Duration phase) {
    return new MeteredObjectStore(store.within(phase), meters, tracer);
  }

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    return measure(
        Operation.CREATE,
        () -> store.createUploads(uploads),
        outcomes -> !outcomes.stream().allMatch(CreateOutcome.Created.class::isInstance));
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return measure(
        Operation.LIST_PARTS, () -> store.listParts(location, uploadId), outcome -> false);
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return measure(
        Operation.COMPLETE,
        () -> store.complete(location, uploadId, parts),
        outcome -> !(outcome instanceof CompleteOutcome.Done));
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return measure(Operation.HEAD, () -> store.head(location), found -> false);
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return measure(Operation.ABORT, () -> store.abort(location, uploadId), outcome -> false);
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    measure(
        Operation.DELETE,
        () -> {
          store.delete(location, versionId, bypass);
          return true;
        },
        isGone -> false);
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    measure(
        Operation.HOLD,
        () -> {
          store.hold(location, versionId, status);
          return true;
        },
        isFree -> false);
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return measure(
        Operation.COPY,
        () -> store.copy(source, target),
        outcome -> !(outcome instanceof CopyOutcome.Copied));
  }

  @Override
  public void check(String endpointRef, String bucket) {
    measure(
        Operation.CHECK,
        () -> {
          store.check(endpointRef, bucket);
          return true;
        },
        isThere -> false);
  }

  private <T> T measure(Operation operation, Supplier<T> call, Predicate<T> isError) {
    Meters its = Objects.requireNonNull(meters.get(operation));
    long began = System.nanoTime();
    boolean isWrong = true;
    try {
      T outcome = tracer.inside("s3", its.operation(), call, isError);
      isWrong = isError.test(outcome);
      return outcome;
    } finally {
      its.duration().record(Duration.ofNanos(System.nanoTime() - began));
      if (isWrong) {
        its.errors().increment();
      }
    }
  }
}

package io.waybill.testkit.simulation;

import io.waybill.core.Outage;
import io.waybill.core.app.Stores;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.core.work.Ports;
import io.waybill.testkit.simulation.Question.Part;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of ours with a clock of its own: the real use cases. Whatever they ask of the world
 * is a question of the call that is running.
 */
final class Replica {

  final String name;
  private final Life life;
  private final Map<Part, Instant> cuts = new EnumMap<>(Part.class);
  private Duration skew;
  private @Nullable Flight running;
  final UploadUseCases cases;

  Replica(String name, Life life, Duration skew) {
    this.name = name;
    this.life = life;
    this.skew = skew;
    this.cases =
        UploadUseCases.over(
            new Ports<Stores>(
                new Connections(life.rows, this::running),
                new AskedStore(),
                new MemorySigner(),
                life.ids,
                () -> life.now().plus(this.skew),
                this::beating),
            Limits.standard(),
            "default");
  }

  /** A call of this process goes on from here. */
  void runs(Flight flight) {
    running = flight;
  }

  Flight running() {
    return Objects.requireNonNull(running, "no call is running");
  }

  /** Its clock is set, or jumps. */
  void setClock(Duration beside) {
    skew = beside;
  }

  /** It does not reach that part of the world for a while. */
  void cutFrom(Part part, Instant until) {
    cuts.put(part, until);
  }

  boolean isCutFrom(Part part, Instant now) {
    return now.isBefore(cuts.getOrDefault(part, Instant.MIN));
  }

  /** The heart beats in a call of its own; the work ends only when no beat is under way. */
  private <T> T beating(Supplier<T> work, Supplier<Boolean> renew) {
    Beat beat = life.hearts.add(new Beat(this, renew, life.now()));
    try {
      return work.get();
    } finally {
      beat.end();
      if (beat.isUnderWay()) {
        running().await("the heart", () -> !beat.isUnderWay(), life.now());
      }
    }
  }

  /** Calls of the store, each one question. */
  private final class AskedStore implements ObjectStore {

    @Override
    public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
      return ask(
          "create",
          () -> life.store.createUploads(uploads),
          outage -> uploads.stream().map(upload -> unavailable(outage)).toList());
    }

    private static CreateOutcome unavailable(Outage.Storage outage) {
      return new CreateOutcome.Unavailable(outage);
    }

    @Override
    public ListOutcome listParts(ObjectLocation location, String uploadId) {
      return ask("list", () -> life.store.listParts(location, uploadId));
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      return ask(
          "complete",
          () -> life.store.complete(location, uploadId, parts),
          outage ->
              outage.isRefusal()
                  ? new CompleteOutcome.Denied(outage)
                  : new CompleteOutcome.Unknown("no answer"));
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      return ask("head", () -> life.store.head(location));
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      return ask("abort", () -> life.store.abort(location, uploadId));
    }

    @Override
    public void check(String endpointRef, String bucket) {
      // nobody asks here whether the store is there
    }

    private <T> T ask(String name, Supplier<T> effect) {
      return ask(
          name,
          effect,
          outage -> {
            throw outage;
          });
    }

    private <T> T ask(String name, Supplier<T> effect, Function<Outage.Storage, T> otherwise) {
      return running()
          .ask(
              new Question<>(
                  Part.STORAGE,
                  name,
                  effect,
                  () -> otherwise.apply(away()),
                  () -> otherwise.apply(refused()),
                  () -> {}));
    }

    private static Outage.Storage away() {
      return Outage.storage("storage is away", new IOException("simulated"));
    }

    private static Outage.Storage refused() {
      return Outage.storageRefused("AccessDenied", new IOException("simulated"));
    }
  }
}

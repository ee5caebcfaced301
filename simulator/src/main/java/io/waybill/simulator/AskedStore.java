package io.waybill.simulator;

import io.waybill.core.Outage;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.simulator.Question.Part;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls of a store, each a question of the call that runs. */
record AskedStore(ObjectStore store, Supplier<Flight> asking) implements ObjectStore {

  @Override
  public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
    return ask(
        "create",
        () -> store.createUploads(uploads),
        outage -> uploads.stream().map(upload -> unavailable(outage)).toList());
  }

  private static CreateOutcome unavailable(Outage.Storage outage) {
    return new CreateOutcome.Unavailable(outage);
  }

  @Override
  public ListOutcome listParts(ObjectLocation location, String uploadId) {
    return ask("list", () -> store.listParts(location, uploadId));
  }

  @Override
  public CompleteOutcome complete(
      ObjectLocation location, String uploadId, List<StoredPart> parts) {
    return ask(
        "complete",
        () -> store.complete(location, uploadId, parts),
        outage ->
            outage.isRefusal()
                ? new CompleteOutcome.Denied(outage)
                : new CompleteOutcome.Unknown("no answer"));
  }

  @Override
  public Optional<StoredObject> head(ObjectLocation location) {
    return ask("head", () -> store.head(location));
  }

  @Override
  public AbortOutcome abort(ObjectLocation location, String uploadId) {
    return ask("abort", () -> store.abort(location, uploadId));
  }

  @Override
  public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
    ask(
        "delete",
        () -> {
          store.delete(location, versionId, bypass);
          return location;
        });
  }

  @Override
  public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
    ask(
        "hold",
        () -> {
          store.hold(location, versionId, status);
          return location;
        });
  }

  @Override
  public CopyOutcome copy(CopySource source, NewUpload target) {
    return ask("copy", () -> store.copy(source, target));
  }

  @Override
  public void check(String endpointRef, String bucket) {}

  private <T> T ask(String name, Supplier<T> effect) {
    return ask(
        name,
        effect,
        outage -> {
          throw outage;
        });
  }

  private <T> T ask(String name, Supplier<T> effect, Function<Outage.Storage, T> otherwise) {
    return asking
        .get()
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
    return Outage.storage("storage is away", new Silence());
  }

  private static Outage.Storage refused() {
    return Outage.storageRefused("AccessDenied", new Silence());
  }
}

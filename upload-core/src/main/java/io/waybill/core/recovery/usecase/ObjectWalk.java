package io.waybill.core.recovery.usecase;

import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStore.Next;
import io.waybill.core.recovery.RecoveryStore.Step;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.recovery.UnclaimedObject;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObjects;
import io.waybill.core.storage.StoredObjects.Found;
import io.waybill.core.storage.StoredObjects.Listing;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.ObjectKeys.KeyOwner;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Walks through everything that the stores have under a tenant's prefix, in search of what no
 * dataset has. Whose an object is, is asked after it was listed: one that is stored before its
 * upload is COMPLETED has a session that is COMPLETING by then.
 */
final class ObjectWalk {

  private final Ports<? extends RecoveryStores> ports;
  private final StoredObjects listing;

  ObjectWalk(Ports<? extends RecoveryStores> ports, StoredObjects listing) {
    this.ports = ports;
    this.listing = listing;
  }

  /** One page of one bucket; the next bucket at its end, and the end after the last one. */
  Next page(Step step, List<Place> places) {
    RecoveryRun run = step.run();
    Optional<Place> here =
        places.stream()
            .filter(place -> text(place).compareTo(step.place()) >= 0)
            .min(Comparator.comparing(ObjectWalk::text));
    if (here.isEmpty()) {
      return new Next(RecoveryPhase.COMPLETED, "", "", 0, 0, ports.now());
    }
    Place place = here.get();
    String after = text(place).equals(step.place()) ? step.cursor() : "";
    Listing page =
        listing.list(
            place.endpointRef(), place.bucket(), ObjectKeys.prefixOf(run.tenantId()), after);
    note(run, place, page.objects());
    boolean isEnd = !page.hasMore() || page.objects().isEmpty();
    return new Next(
        RecoveryPhase.OBJECTS,
        isEnd ? behind(place) : text(place),
        isEnd ? "" : page.objects().getLast().key(),
        0,
        page.objects().size(),
        ports.now());
  }

  private static String text(Place place) {
    return place.endpointRef() + "/" + place.bucket();
  }

  /** No name of a bucket has such a character, and none lies between the two. */
  private static String behind(Place place) {
    return text(place) + "!";
  }

  private void note(RecoveryRun run, Place place, List<Found> objects) {
    if (objects.isEmpty()) {
      return;
    }
    List<KeyOwner> owners =
        objects.stream().flatMap(one -> ObjectKeys.ownerOf(one.key()).stream()).toList();
    List<UUID> datasets = owners.stream().map(KeyOwner::datasetId).distinct().toList();
    List<UUID> sessions = owners.stream().map(KeyOwner::sessionId).distinct().toList();
    Instant now = ports.now();
    ports
        .work()
        .commit(tx -> {
          Set<String> claimed = tx.unclaimedObjects().claimed(run.tenantId(), datasets, sessions);
          tx.unclaimedObjects()
              .forget(
                  run.tenantId(),
                  objects.stream()
                      .filter(one -> claimed.contains(one.key()))
                      .map(one -> at(place, one))
                      .toList());
          tx.unclaimedObjects()
              .register(
                  objects.stream()
                      .filter(one -> !claimed.contains(one.key()))
                      .map(one -> unclaimed(run, place, one, now))
                      .toList());
          return claimed;
        });
  }

  private static ObjectLocation at(Place place, Found one) {
    return new ObjectLocation(place.endpointRef(), place.bucket(), one.key());
  }

  private UnclaimedObject unclaimed(RecoveryRun run, Place place, Found one, Instant now) {
    Optional<KeyOwner> owner = ObjectKeys.ownerOf(one.key());
    return new UnclaimedObject(
        ports.ids().next(),
        run.tenantId(),
        run.recoveryId(),
        at(place, one),
        one.sizeBytes(),
        one.etag(),
        owner.map(KeyOwner::datasetId).orElse(null),
        owner.map(KeyOwner::sessionId).orElse(null),
        now);
  }
}

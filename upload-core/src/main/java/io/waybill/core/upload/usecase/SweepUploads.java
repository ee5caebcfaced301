package io.waybill.core.upload.usecase;

import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.core.storage.UnfinishedUploads.Found;
import io.waybill.core.storage.UnfinishedUploads.Listing;
import io.waybill.core.storage.UnfinishedUploads.Marker;
import io.waybill.core.upload.ObjectKeys;
import io.waybill.core.upload.ObjectKeys.KeyOwner;
import io.waybill.core.upload.SweepStore.Recorded;
import io.waybill.core.upload.SweepStore.Walk;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Aborts multipart uploads that no session carries, made by a process that died before it could
 * write their ids down. Only those are touched that are older than a day and lie under a key of
 * ours, and each is looked up in the database after it was listed: an upload whose id is stored
 * later than it was listed is not a day old.
 *
 * <p>A round is one step of a walk, and the walk goes on where the last step, whoever's, ended. A
 * store that lists by prefix is asked for the uploads below {@code tenants/}, a page at a time;
 * another one for each key that we have recorded, once when its session is a day old, and once more
 * when nobody can create an upload for it any longer.
 */
public final class SweepUploads {

  /** Younger ones may be those of a create under way. */
  public static final Duration MIN_AGE = Duration.ofHours(24);

  /** Keys that one step asks a store for. */
  public static final int KEYS = 25;

  private static final String PREFIX = "tenants/";
  private static final Duration CLAIM = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofHours(6);
  private static final Duration LATE = Duration.ofDays(31);
  private static final UUID BEGINNING = new UUID(0, 0);

  private final Ports<? extends UploadStores> ports;
  private final UnfinishedUploads listing;

  public SweepUploads(Ports<? extends UploadStores> ports, UnfinishedUploads listing) {
    this.ports = ports;
    this.listing = listing;
  }

  /**
   * What one step did.
   *
   * @param scanned uploads that the store has under way and that were looked at
   * @param aborted of them, those that nobody carried
   * @param more whether the walk is not at its end
   */
  public record Swept(int scanned, int aborted, boolean more) {
    private static final Swept NOTHING = new Swept(0, 0, false);

    Swept and(Swept other) {
      return new Swept(scanned + other.scanned, aborted + other.aborted, more || other.more);
    }
  }

  /**
   * One step in one bucket.
   *
   * @param listsByPrefix what a probe has found out of its store
   */
  public Swept handle(Place place, boolean listsByPrefix) {
    return listsByPrefix
        ? byPrefix(place)
        : byKeys(place, "KEYS", MIN_AGE).and(byKeys(place, "LATE_KEYS", LATE));
  }

  private Swept byPrefix(Place place) {
    Walk walk = new Walk(place.endpointRef(), place.bucket(), "PREFIX");
    Instant now = ports.now();
    Instant until = now.plus(CLAIM);
    String cursor = claim(walk, now, until);
    if (cursor == null) {
      return Swept.NOTHING;
    }
    Listing page = listing.list(place.endpointRef(), place.bucket(), PREFIX, marker(cursor));
    int aborted = abortOrphans(place, page.uploads(), now);
    Marker next = page.next();
    save(walk, until, next == null ? "" : text(next), next == null ? now.plus(PAUSE) : now);
    return new Swept(page.uploads().size(), aborted, next != null);
  }

  private Swept byKeys(Place place, String kind, Duration age) {
    Walk walk = new Walk(place.endpointRef(), place.bucket(), kind);
    Instant now = ports.now();
    Instant until = now.plus(CLAIM);
    String cursor = claim(walk, now, until);
    if (cursor == null) {
      return Swept.NOTHING;
    }
    UUID after = cursor.isEmpty() ? BEGINNING : UUID.fromString(cursor);
    List<Recorded> page =
        ports.work().read(tx -> tx.sweeps().recorded(after, floor(now.minus(age)), KEYS));
    Swept swept = Swept.NOTHING;
    for (Recorded one : page) {
      swept = swept.and(ofKey(place, one.location(), now));
    }
    boolean more = page.size() == KEYS;
    String end = page.isEmpty() ? cursor : page.getLast().sessionId().toString();
    save(walk, until, end, more ? now : now.plus(PAUSE));
    return new Swept(swept.scanned(), swept.aborted(), more);
  }

  private Swept ofKey(Place place, ObjectLocation at, Instant now) {
    if (!at.endpointRef().equals(place.endpointRef()) || !at.bucket().equals(place.bucket())) {
      return Swept.NOTHING;
    }
    List<Found> found =
        listing.list(at.endpointRef(), at.bucket(), at.key(), null).uploads().stream()
            .filter(upload -> upload.key().equals(at.key()))
            .toList();
    return new Swept(found.size(), abortOrphans(place, found, now), false);
  }

  private int abortOrphans(Place place, List<Found> found, Instant now) {
    List<Found> old =
        found.stream()
            .filter(upload -> upload.initiatedAt().isBefore(now.minus(MIN_AGE)))
            .filter(upload -> ObjectKeys.ownerOf(upload.key()).isPresent())
            .toList();
    List<Found> orphans = old.isEmpty() ? old : nobodys(old);
    for (Found orphan : orphans) {
      ports.storage().abort(at(place, orphan), orphan.uploadId());
    }
    return orphans.size();
  }

  /** Asked after they were listed. Another installation's tenants are none of ours. */
  private List<Found> nobodys(List<Found> old) {
    List<KeyOwner> owners =
        old.stream().map(upload -> ObjectKeys.ownerOf(upload.key()).orElseThrow()).toList();
    List<UUID> sessions = owners.stream().map(KeyOwner::sessionId).distinct().toList();
    List<UUID> tenants = owners.stream().map(KeyOwner::tenantId).distinct().toList();
    Set<String> carried = ports.work().read(tx -> tx.sweeps().carried(sessions));
    Set<UUID> ours = ports.work().read(tx -> tx.sweeps().ours(tenants));
    return IntStream.range(0, old.size())
        .filter(i -> ours.contains(owners.get(i).tenantId()))
        .mapToObj(old::get)
        .filter(upload -> !carried.contains(upload.uploadId()))
        .toList();
  }

  private static ObjectLocation at(Place place, Found upload) {
    return new ObjectLocation(place.endpointRef(), place.bucket(), upload.key());
  }

  private @Nullable String claim(Walk walk, Instant now, Instant until) {
    return ports.work().commit(tx -> tx.sweeps().claim(walk, now, until)).orElse(null);
  }

  private void save(Walk walk, Instant until, String cursor, Instant dueAt) {
    ports.work().read(tx -> tx.sweeps().save(walk, until, cursor, dueAt));
  }

  /** No space is in a key of ours. */
  private static String text(Marker marker) {
    return marker.key() + " " + marker.uploadId();
  }

  private static @Nullable Marker marker(String cursor) {
    int space = cursor.indexOf(' ');
    return space < 0 ? null : new Marker(cursor.substring(0, space), cursor.substring(space + 1));
  }

  /** The least id of that time. */
  private static UUID floor(Instant time) {
    return new UUID(time.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
  }
}

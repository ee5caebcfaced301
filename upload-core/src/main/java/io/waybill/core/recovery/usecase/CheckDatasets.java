package io.waybill.core.recovery.usecase;

import io.waybill.core.Outage;
import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetNews;
import io.waybill.core.dataset.DatasetSeen;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.recovery.Finding;
import io.waybill.core.recovery.RecoveryChecks.Due;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.recovery.usecase.Comparison.Found;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares datasets with their objects, and writes what was found. One whose object was missing is
 * looked at again from time to time, recovery or not: once the object is there again it is NORMAL.
 * Safe in every replica at once; one that dies leaves claims that end.
 */
final class CheckDatasets {

  /** How long a claimed one is left to its worker; so long it waits after an outage, too. */
  static final Duration CLAIM = Duration.ofSeconds(30);

  /** How long what was missing is left alone. */
  static final Duration AGAIN = Duration.ofMinutes(10);

  private final Ports<? extends RecoveryStores> ports;
  private final Comparison comparison;
  private final Journal journal;

  CheckDatasets(Ports<? extends RecoveryStores> ports) {
    this.ports = ports;
    this.comparison = new Comparison(ports);
    this.journal = new Journal(ports.ids());
  }

  List<Due> claim(int limit) {
    Instant now = ports.now();
    return ports.work().read(tx -> tx.recoveryChecks().claim(now, now.plus(CLAIM), limit));
  }

  /** Why nothing was written: storage does not answer, or refuses us, and it stays due. */
  Optional<Outage.Storage> check(Due due) {
    try {
      Found found = comparison.of(due.dataset());
      ports
          .work()
          .commit(tx -> {
            settle(tx, due, found);
            return found;
          });
      return Optional.empty();
    } catch (Outage.Storage outage) {
      return Optional.of(outage);
    }
  }

  private void settle(RecoveryStores tx, Due due, Found found) {
    Instant now = ports.now();
    Dataset before = due.dataset();
    @Nullable Dataset known =
        tx.datasetChanges()
            .lock(before.tenantId(), before.projectId(), Set.of(before.datasetId()))
            .get(before.datasetId());
    if (known != null && hasMovedOn(before, known)) {
      tx.recoveryChecks().delay(due, now);
      return;
    }
    boolean isMissing = found.finding() == Finding.MISSING_OBJECT && known != null;
    if (tx.recoveryChecks().finish(due, isMissing ? now.plus(AGAIN) : null)) {
      if (due.recoveryId() != null) {
        tx.recoveries().count(due.recoveryId(), found.finding());
      }
      if (known != null) {
        write(tx, known, found, now);
      }
    }
  }

  /** Another upload has filled it since it was claimed. */
  private static boolean hasMovedOn(Dataset before, Dataset known) {
    return !Objects.equals(before.location(), known.location())
        || !Objects.equals(before.object(), known.object());
  }

  private void write(RecoveryStores tx, Dataset known, Found found, Instant now) {
    RecoveryStatus status = statusOf(found.finding());
    RecoveryStatus thought = known.recoveryStatus();
    if (found.finding() == Finding.VERIFIED) {
      rename(tx, known, Objects.requireNonNull(found.object()));
    }
    if (status == thought) {
      return;
    }
    if (status == RecoveryStatus.NORMAL && thought == RecoveryStatus.RECOVERY_PENDING) {
      tx.datasetChanges()
          .update(DatasetSeen.as(known, known.standing().recovered(status), known.object()));
      return;
    }
    Dataset after = known.with(known.standing().recovered(status), now);
    tx.datasetChanges().update(after);
    tx.events().append(facts(known, after, found));
  }

  /** A copy of the same bytes may have another ETag, and has another version. */
  private static void rename(RecoveryStores tx, Dataset known, StoredObject there) {
    StoredObject kept = Objects.requireNonNull(known.object());
    if (!kept.etag().equals(there.etag()) || !Objects.equals(kept.versionId(), there.versionId())) {
      tx.recoveryChecks().found(known.tenantId(), known.datasetId(), there);
    }
  }

  private static RecoveryStatus statusOf(Finding finding) {
    return switch (finding) {
      case VERIFIED, UNFINISHED -> RecoveryStatus.NORMAL;
      case MISSING_OBJECT -> RecoveryStatus.RECOVERY_MISSING_OBJECT;
      case METADATA_ONLY -> RecoveryStatus.RECOVERY_METADATA_ONLY;
      case OBJECT_ONLY -> RecoveryStatus.RECOVERY_OBJECT_ONLY;
    };
  }

  private Facts facts(Dataset before, Dataset after, Found found) {
    DatasetEvent event =
        after.recoveryStatus() == RecoveryStatus.NORMAL
            ? DatasetEvent.RECOVERED
            : DatasetEvent.MISSING_OBJECT;
    Instant at = after.updatedAt();
    Map<String, Object> details = new TreeMap<>();
    details.put("before", said(before));
    details.put("after", said(after));
    details.put("reason", found.why());
    Facts audited = Facts.of(journal.audit(event, after.resource(), Origin.WORKER, at, details));
    return isTold(after)
        ? audited.and(
            Facts.of(
                journal.outbox(
                    event, after.resource(), after.version(), at, DatasetNews.of(after))))
        : audited;
  }

  /** Of one that was never complete nobody has been told that it has an object. */
  private static boolean isTold(Dataset after) {
    return after.object() != null;
  }

  private static Map<String, Object> said(Dataset dataset) {
    return Map.of(
        "status", dataset.status().name(), "recovery_status", dataset.recoveryStatus().name());
  }
}

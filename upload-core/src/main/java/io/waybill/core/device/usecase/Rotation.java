package io.waybill.core.device.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.device.DeviceEvent;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives a device a new credential beside the one that it shows now, which ends when the new one is
 * first shown, or after the overlap. Others that it might have are worth nothing from now on.
 */
final class Rotation {
  static final long OVERLAP_SECONDS = 3600;
  private static final long LONGEST_OVERLAP_SECONDS = 2_592_000;

  private final DeviceJournal journal;
  private final CredentialMaterial material;

  Rotation(IdSource ids) {
    this.journal = new DeviceJournal(ids);
    this.material = new CredentialMaterial(ids);
  }

  /**
   * How to change over.
   *
   * @param overlapSeconds null for an hour; zero ends the old one at once
   * @param expiresInSeconds that the new one lasts; null for ever
   */
  record Terms(@Nullable Long overlapSeconds, @Nullable Long expiresInSeconds) {
    Verdict<Terms> check() {
      List<FieldError> errors = new ArrayList<>();
      if (overlapSeconds != null
          && (overlapSeconds < 0 || overlapSeconds > LONGEST_OVERLAP_SECONDS)) {
        errors.add(
            new FieldError(
                "overlap_seconds",
                EntryCode.REQUEST_OUT_OF_RANGE,
                "must be from 0 to " + LONGEST_OVERLAP_SECONDS));
      }
      DeviceFields.checkLife(expiresInSeconds, errors);
      return errors.isEmpty() ? Verdict.ok(this) : Verdict.refused(Refusal.invalid(errors));
    }

    Instant oldEnd(Instant now) {
      return now.plusSeconds(overlapSeconds == null ? OVERLAP_SECONDS : overlapSeconds);
    }
  }

  Verdict<DeviceAnswer.WithCredential> rotate(
      DeviceStores tx, Caller caller, Terms terms, Device known, Instant now) {
    if (known.status() == DeviceStatus.REVOKED) {
      return DeviceChange.illegal("change its credential", known);
    }
    List<Credential> live = tx.credentials().live(known.tenantId(), known.deviceId());
    Optional<Credential> shown = shown(live);
    Instant end = terms.oldEnd(now);
    live.stream()
        .filter(old -> !end.isAfter(now) || !shown.equals(Optional.of(old)))
        .forEach(old -> tx.credentials().revoke(old, now));
    if (end.isAfter(now)) {
      shown.ifPresent(old -> tx.credentials().end(old.endingAt(end)));
    }
    Device after = known.rotated(now);
    tx.devices().update(after);
    tx.events()
        .append(journal.changed(DeviceEvent.CREDENTIAL_ROTATING, known, after, caller.origin()));
    boolean endsOthers = !end.isAfter(now) || live.stream().noneMatch(old -> old.mayBeShownBy(now));
    return Verdict.ok(material.issue(tx, after, terms.expiresInSeconds(), endsOthers, now));
  }

  /** The one that the device has, as far as we know: what it has shown, else what it was given. */
  private static Optional<Credential> shown(List<Credential> live) {
    return live.stream()
        .max(
            Comparator.comparing(Credential::isUsed)
                .thenComparingInt(Credential::credentialVersion));
  }
}

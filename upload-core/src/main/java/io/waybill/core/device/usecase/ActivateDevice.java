package io.waybill.core.device.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.FirstUse;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.device.DeviceStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A device shows a credential for the first time: it is ACTIVE, and what it had before ends. */
public final class ActivateDevice implements FirstUse {
  private final Ports<? extends DeviceStores> ports;
  private final DeviceJournal journal;

  public ActivateDevice(Ports<? extends DeviceStores> ports) {
    this.ports = ports;
    this.journal = new DeviceJournal(ports.ids());
  }

  @Override
  public boolean of(Identity device, @Nullable String sha256) {
    Instant now = ports.now();
    Verdict<Boolean> verdict =
        ports
            .work()
            .write(tx ->
                Verdict.ok(
                    tx.devices()
                        .lock(device.tenantId(), device.id())
                        .filter(known -> isWelcome(known.status()))
                        .map(known -> let(tx, known, sha256, now))
                        .orElse(false)));
    return verdict instanceof Verdict.Ok<Boolean>(Boolean isIn) && isIn;
  }

  private static boolean isWelcome(DeviceStatus status) {
    return status == DeviceStatus.PENDING || status == DeviceStatus.ACTIVE;
  }

  /** False when the credential was revoked meanwhile. */
  private boolean let(DeviceStores tx, Device known, @Nullable String sha256, Instant now) {
    Optional<Credential> shown =
        sha256 == null
            ? Optional.empty()
            : tx.credentials().find(known.tenantId(), known.deviceId(), sha256);
    boolean isNew = shown.isPresent() && !shown.get().isUsed();
    if (sha256 != null && shown.isEmpty()) {
      return false;
    }
    if (isNew || known.status() == DeviceStatus.PENDING) {
      Device after =
          known.status() == DeviceStatus.PENDING
              ? known.activated(now)
              : known.with(known.profile(), now);
      tx.devices().update(after);
      shown.filter(one -> !one.isUsed()).ifPresent(one -> use(tx, known, after, one));
    }
    return true;
  }

  private void use(DeviceStores tx, Device before, Device after, Credential shown) {
    int version = shown.credentialVersion();
    tx.credentials().use(shown);
    tx.credentials().revoke(after.tenantId(), after.deviceId(), version, after.updatedAt());
    if (version > 1) {
      Origin itself = new Origin("device:" + after.deviceId(), "", "worker");
      tx.events().append(journal.rotated(before, after, version, itself));
    }
  }
}

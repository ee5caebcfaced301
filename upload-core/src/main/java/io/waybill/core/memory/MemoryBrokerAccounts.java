package io.waybill.core.memory;

import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.BrokerAccountStore;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryBrokerAccounts(MemoryTransaction tx) implements BrokerAccountStore {

  @Override
  public List<BrokerAccount> list(@Nullable UUID after, Instant now, int limit) {
    return tx.of(MemoryDevices.DEVICES).values().stream()
        .filter(device ->
            device.status() == DeviceStatus.PENDING || device.status() == DeviceStatus.ACTIVE)
        .filter(device -> after == null || device.deviceId().compareTo(after) > 0)
        .sorted(Comparator.comparing(Device::deviceId))
        .flatMap(device -> account(device, now).stream())
        .limit(limit)
        .toList();
  }

  private Optional<BrokerAccount> account(Device device, Instant now) {
    MemoryCredentials credentials = new MemoryCredentials(tx);
    return credentials.live(device.tenantId(), device.deviceId()).stream()
        .filter(one -> one.expiresAt() == null || now.isBefore(one.expiresAt()))
        .max(Comparator.comparingInt(Credential::credentialVersion))
        .map(one ->
            new BrokerAccount(
                one.tenantId(),
                one.deviceId(),
                one.credentialVersion(),
                credentials.brokerHash(one).orElse(null)));
  }
}

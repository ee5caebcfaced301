package io.waybill.allinone.embedded;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import io.waybill.hivemq.BrokerRights;
import io.waybill.hivemq.Devices;
import io.waybill.hivemq.Visitor;
import io.waybill.wire.ClientIds;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The devices of a registry in this process, each with its own topics under its own client ids. */
record DirectoryDevices(DeviceDirectory directory, String topicPrefix) implements Devices {

  @Override
  public Optional<List<TopicPermission>> rightsOf(Visitor visitor) {
    return deviceId(visitor.user())
        .filter(device -> ClientIds.isOf(device, visitor.clientId()))
        .flatMap(device ->
            directory
                .tenantOf(device, visitor.password())
                .map(tenant -> BrokerRights.ofDevice(topicPrefix, tenant, device)));
  }

  private static Optional<UUID> deviceId(String user) {
    try {
      UUID id = UUID.fromString(user);
      return id.toString().equals(user) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }
}

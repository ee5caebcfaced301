package io.waybill.core.upload.usecase;

import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.UploadRoom;
import io.waybill.core.upload.UploadStores;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sees of what its create names. A storage policy or a device that it may not view is
 * not there for it, so that no create tells which there are.
 */
final class Sight {

  private final UploadStores tx;
  private final Identity identity;

  Sight(UploadStores tx, Identity identity) {
    this.tx = tx;
    this.identity = identity;
  }

  /** The room without what the caller may not view. */
  UploadRoom of(UploadRoom room, RoomRequest asked) {
    StoragePolicy policy = room.policy();
    UploadRoom.SourceDevice device = room.sourceDevice();
    boolean isPolicyHidden = policy != null && !seesPolicy(room, asked);
    boolean isDeviceHidden = device != null && !seesDevice(device.deviceId(), asked);
    return isPolicyHidden || isDeviceHidden
        ? room.showing(isPolicyHidden ? null : policy, isDeviceHidden ? null : device)
        : room;
  }

  /** Whoever may upload to a project may do so by its own policy. */
  private boolean seesPolicy(UploadRoom room, RoomRequest asked) {
    UUID named = asked.storagePolicyId();
    return named == null
        || named.equals(room.project().storagePolicyId())
        || mayView(named, asked)
        || (room.project().storagePolicyId() == null && named.equals(theDefault(asked)));
  }

  private boolean mayView(UUID policyId, RoomRequest asked) {
    Resource policy =
        Resource.tenant(asked.tenantId()).under(ResourceKind.STORAGE_POLICY, policyId);
    return Authorizer.allows(identity, Permission.STORAGE_POLICY_VIEW, policy, asked.now());
  }

  private @Nullable UUID theDefault(RoomRequest asked) {
    return tx.rooms()
        .find(asked.naming(null))
        .flatMap(room -> Optional.ofNullable(room.policy()))
        .map(StoragePolicy::storagePolicyId)
        .orElse(null);
  }

  /** A device sees itself, and a key of certain devices those. */
  private boolean seesDevice(UUID deviceId, RoomRequest asked) {
    return identity.sourceDevices().contains(deviceId)
        || tx.resources()
            .find(asked.tenantId(), new Resource.Node(ResourceKind.DEVICE, deviceId))
            .filter(
                device -> Authorizer.allows(identity, Permission.DEVICE_VIEW, device, asked.now()))
            .isPresent();
  }
}

package io.waybill.core.upload;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands in the way of another upload. Every query is a tenant's. */
public interface RoomStore {

  /** What a create must know, in one statement; empty when the tenant has no such project. */
  Optional<UploadRoom> find(RoomRequest request);

  /**
   * Which room a create asks for.
   *
   * @param storagePolicyId null for the project's, else the tenant's default
   * @param deviceId the source device; null when there is none
   */
  record RoomRequest(
      UUID tenantId,
      UUID projectId,
      @Nullable UUID storagePolicyId,
      @Nullable UUID deviceId,
      Instant now) {

    /** The same by another policy. */
    public RoomRequest naming(@Nullable UUID otherPolicyId) {
      return new RoomRequest(tenantId, projectId, otherPolicyId, deviceId, now);
    }
  }
}

package io.waybill.core.upload;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a session belongs.
 *
 * @param sourceDeviceId the one device that may act on it besides people; null when none may
 */
public record Owner(
    UUID tenantId,
    UUID projectId,
    UUID datasetId,
    UUID taskId,
    UUID objectId,
    @Nullable UUID sourceDeviceId) {

  /** One of its sessions, as what somebody may or may not touch. */
  public Resource resource(UUID sessionId) {
    return Resource.dataset(tenantId, projectId, datasetId)
        .under(ResourceKind.UPLOAD_TASK, taskId)
        .under(ResourceKind.UPLOAD_SESSION, sessionId);
  }
}

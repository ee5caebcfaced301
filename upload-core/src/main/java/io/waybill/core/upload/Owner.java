package io.waybill.core.upload;

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
    @Nullable UUID sourceDeviceId) {}

package io.waybill.core.upload;

import io.waybill.core.access.Identity;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.quota.TenantQuota;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything a create asks of the database before it writes, read in one statement.
 *
 * @param policy the requested one, else the project's, else the tenant's default; null when the
 *     requested one does not exist
 * @param sourceDevice the device named as the source; null when none was named or none is found
 * @param tenantOpenUploads sessions that are neither terminal, aborting nor expired
 * @param deviceOpenUploads the same of the source device
 * @param projectOpenTasks tasks PENDING, PROCESSING or PAUSED
 * @param tenantUnvalidated datasets of the tenant that wait for validators, 10 000 at most; 0 where
 *     the policy validates nothing
 * @param usage what the project takes of its quota; not looked at when it has none
 * @param tenant what the tenant may hold and takes of it
 */
public record UploadRoom(
    Project project,
    @Nullable StoragePolicy policy,
    @Nullable SourceDevice sourceDevice,
    int tenantOpenUploads,
    int deviceOpenUploads,
    int projectOpenTasks,
    int tenantUnvalidated,
    ProjectUsage usage,
    TenantQuota tenant) {

  /** The same with another policy and device, or without one. */
  public UploadRoom showing(@Nullable StoragePolicy other, @Nullable SourceDevice sender) {
    return new UploadRoom(
        project,
        other,
        sender,
        tenantOpenUploads,
        deviceOpenUploads,
        projectOpenTasks,
        tenantUnvalidated,
        usage,
        tenant);
  }

  /** The device that will send the bytes. */
  public record SourceDevice(UUID deviceId, String deviceCode, Identity.Standing standing) {}
}

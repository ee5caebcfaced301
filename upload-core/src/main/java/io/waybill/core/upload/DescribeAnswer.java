package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client must know before it starts, and what it can compare its own clock with.
 *
 * @param storageEndpoint scheme, host and port that every URL will name
 * @param browserHeaders headers a browser must send with a PUT besides what it sends by itself
 * @param developmentSeed whether identities whose secrets are published let anybody in
 * @param device null unless the caller is a device
 */
public record DescribeAnswer(
    Instant serverTime,
    String storageEndpoint,
    List<String> encodings,
    List<String> mqttVersions,
    List<String> browserHeaders,
    LimitsAnswer limits,
    boolean developmentSeed,
    @Nullable DeviceAnswer device) {

  public DescribeAnswer {
    encodings = List.copyOf(encodings);
    mqttVersions = List.copyOf(mqttVersions);
    browserHeaders = List.copyOf(browserHeaders);
  }

  /** Bounds that a client can plan with. */
  public record LimitsAnswer(
      int maxPartsPerPresign,
      int maxPartsPerAcknowledge,
      int maxObjectsPerTask,
      long maxFileSizeBytes,
      long minPartSizeBytes,
      long maxPartSizeBytes,
      int maxPartCount,
      long minUrlLifeSeconds,
      long maxUrlLifeSeconds,
      int maxOpenUploadsPerTenant,
      int maxOpenUploadsPerDevice,
      int maxOpenTasksPerProject,
      int maxPresignsPerMinutePerTenant,
      int maxPresignsPerMinutePerDevice,
      long defaultSessionLifeSeconds,
      long maxSessionLifeSeconds,
      int maxMetadataBytes,
      int maxMetadataKeyChars,
      int maxHttpBodyBytes,
      int maxMqttPayloadBytes) {}

  /** The calling device, as the registry has it. */
  public record DeviceAnswer(
      UUID deviceId, UUID tenantId, String deviceCode, String status, List<UUID> projectIds) {
    public DeviceAnswer {
      projectIds = List.copyOf(projectIds);
    }
  }
}

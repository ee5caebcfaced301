package io.waybill.core.upload;

import java.time.Duration;

/**
 * Bounds on everything that comes from outside. Values outside are refused, never clamped.
 *
 * @param partsPerPresign parts in one presign request; also objects × {@code presign.first}
 * @param partsPerAcknowledge parts in one acknowledge request
 * @param objectsPerTask files in one task
 * @param tenantOpenUploads sessions of a tenant that are open at once
 * @param deviceOpenUploads sessions of a device that are open at once
 * @param projectOpenTasks tasks of a project that are not finished
 * @param minUrlLife shortest life of a URL that can be asked for
 * @param maxUrlLife longest life of a URL that can be asked for
 * @param metadataBytes size of a metadata object as JSON
 * @param metadataKeyChars length of a metadata key
 */
public record Limits(
    int partsPerPresign,
    int partsPerAcknowledge,
    int objectsPerTask,
    int tenantOpenUploads,
    int deviceOpenUploads,
    int projectOpenTasks,
    Duration minUrlLife,
    Duration maxUrlLife,
    int metadataBytes,
    int metadataKeyChars) {

  public static final Limits DEFAULT =
      new Limits(
          100,
          1000,
          100,
          1000,
          200,
          200,
          Duration.ofSeconds(60),
          Duration.ofHours(6),
          16 * 1024,
          64);

  public Limits {
    if (partsPerPresign < 1 || partsPerAcknowledge < 1 || objectsPerTask < 1) {
      throw new IllegalArgumentException("a limit of less than one refuses everything");
    }
    if (minUrlLife.compareTo(maxUrlLife) > 0) {
      throw new IllegalArgumentException("the shortest life of a URL is longer than the longest");
    }
  }
}

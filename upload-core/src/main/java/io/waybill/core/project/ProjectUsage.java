package io.waybill.core.project;

/**
 * What a project takes of its quota.
 *
 * @param usedBytes stored
 * @param reservedBytes of the uploads that are open
 */
public record ProjectUsage(long usedBytes, long reservedBytes, int openUploads) {
  public static final ProjectUsage NONE = new ProjectUsage(0, 0, 0);
}

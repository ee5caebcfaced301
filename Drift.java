package io.waybill.core.quota;

import java.util.UUID;

/**
 * A counter that does not say what the rows say.
 *
 * @param ownerId the tenant, project or device that is counted
 * @param counted what the counter says
 * @param actual what sessions, tasks and datasets say at the same moment
 */
public record Drift(Counter counter, UUID ownerId, long counted, long actual) {

  /** What is counted. */
  public enum Counter {
    /** Of a tenant, or of a device. */
    OPEN_UPLOADS,
    /** Of a project. */
    OPEN_TASKS,
    PROJECT_OPEN_UPLOADS,
    PROJECT_RESERVED_BYTES,
    PROJECT_USED_BYTES,
    /** The sum of its projects. */
    TENANT_RESERVED_BYTES,
    TENANT_USED_BYTES
  }
}

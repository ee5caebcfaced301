package io.waybill.core.recovery;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a tenant's datasets with the stores, from its start to its report.
 *
 * @param startedBy the actor, as audit rows name one
 * @param completedAt null while it is under way
 */
public record RecoveryRun(
    UUID recoveryId,
    UUID tenantId,
    RecoveryPhase phase,
    Instant startedAt,
    String startedBy,
    @Nullable Instant completedAt,
    Counts counts) {

  /**
   * What was found so far.
   *
   * @param datasets that were marked
   * @param objects that the stores have listed
   * @param unclaimed of these, those that no dataset has
   */
  public record Counts(
      long datasets,
      long verified,
      long missingObject,
      long metadataOnly,
      long objectOnly,
      long unfinished,
      long objects,
      long unclaimed) {

    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    /** With one more finding. */
    public Counts and(Finding finding) {
      return new Counts(
          datasets,
          verified + one(finding, Finding.VERIFIED),
          missingObject + one(finding, Finding.MISSING_OBJECT),
          metadataOnly + one(finding, Finding.METADATA_ONLY),
          objectOnly + one(finding, Finding.OBJECT_ONLY),
          unfinished + one(finding, Finding.UNFINISHED),
          objects,
          unclaimed);
    }

    private static int one(Finding finding, Finding counted) {
      return finding == counted ? 1 : 0;
    }
  }

  /** One that begins. */
  public static RecoveryRun begun(UUID recoveryId, UUID tenantId, Instant at, String by) {
    return new RecoveryRun(recoveryId, tenantId, RecoveryPhase.MARKING, at, by, null, Counts.NONE);
  }

  /** As audit rows name it. */
  public Resource resource() {
    return Resource.tenant(tenantId).under(ResourceKind.RECOVERY, recoveryId);
  }
}

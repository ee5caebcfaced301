package io.waybill.core.quota;

import java.math.BigInteger;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far somebody's bound of bytes is filled, beside what was last told of it.
 *
 * @param projectId null when it is the tenant's
 * @param maxBytes null for no bound
 * @param usedBytes stored
 * @param reservedBytes of the uploads that are open
 * @param told the share in percent that was told last; 0 for none
 */
public record QuotaFill(
    UUID tenantId,
    @Nullable UUID projectId,
    @Nullable Long maxBytes,
    long usedBytes,
    long reservedBytes,
    int told) {

  /** The share, in percent, of which the first warning is. */
  public static final int LOWEST = 80;

  private static final int[] LEVELS = {LOWEST, 95};

  /** Whose bound it is. */
  public UUID ownerId() {
    return projectId == null ? tenantId : projectId;
  }

  /** The highest share that warnings are of and that is reached, in percent; 0 for none. */
  public int level() {
    return IntStream.of(LEVELS).filter(this::isReached).max().orElse(0);
  }

  /** Whether so many percent are taken; what the largest bounds hold is more than a long counts. */
  public boolean isReached(int percent) {
    return maxBytes != null
        && BigInteger.valueOf(usedBytes + reservedBytes)
                .multiply(BigInteger.valueOf(100))
                .compareTo(BigInteger.valueOf(maxBytes).multiply(BigInteger.valueOf(percent)))
            >= 0;
  }
}

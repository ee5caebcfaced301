package io.waybill.core.quota;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose bound of bytes is nearly reached, and what was told of it. */
public interface QuotaWarningStore {

  /**
   * Tenants of these, and projects of theirs, that have taken at least {@link QuotaFill#LOWEST}
   * percent of what they may hold, or of which something is still told.
   *
   * @param tenantBytes the bound of a tenant that has none of its own; null for no bound
   */
  List<QuotaFill> near(Collection<UUID> tenantIds, @Nullable Long tenantBytes);

  /**
   * Notes that the level of a fill is told now.
   *
   * @return how many warnings of its owner there were, this one included when it is one; empty when
   *     something else has been told since it was read: then nothing is written
   */
  OptionalLong tell(QuotaFill fill);
}

package io.waybill.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may hold, and what it takes of it in all its projects.
 *
 * @param maxBytes its own bound; null for what the installation says
 * @param usedBytes stored
 * @param reservedBytes of the uploads that are open
 */
public record TenantQuota(@Nullable Long maxBytes, long usedBytes, long reservedBytes) {
  public static final TenantQuota NONE = new TenantQuota(null, 0, 0);
}

package io.waybill.core.project;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a project asks of what is put into it.
 *
 * @param metadataSchema a JSON Schema that the metadata of its datasets must match; empty asks
 *     nothing
 * @param maxBytes how much may be stored; null for no bound
 * @param maxOpenUploads how many uploads may be open; null for no bound of its own
 * @param retentionDays how long its datasets are kept; null for what the storage policy says
 */
public record ProjectRules(
    Map<String, Object> metadataSchema,
    @Nullable Long maxBytes,
    @Nullable Integer maxOpenUploads,
    @Nullable Integer retentionDays) {

  public static final ProjectRules NONE = new ProjectRules(Map.of(), null, null, null);

  public ProjectRules {
    metadataSchema = Map.copyOf(metadataSchema);
  }

  /** Whether uploads are bounded by more than the installation's limits. */
  public boolean isBounded() {
    return maxBytes != null || maxOpenUploads != null;
  }
}

package io.waybill.core.project;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a project that its people write.
 *
 * @param slug no other project of the tenant has it
 */
public record ProjectProfile(
    String slug,
    String name,
    @Nullable String description,
    Map<String, Object> metadata,
    ProjectRules rules) {
  public ProjectProfile {
    metadata = Map.copyOf(metadata);
  }
}

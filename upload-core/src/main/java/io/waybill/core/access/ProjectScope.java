package io.waybill.core.access;

import java.util.Set;
import java.util.UUID;

/**
 * Which projects of a tenant, or other resources right under it, a list may show.
 *
 * @param all every project, whether named or not
 * @param only these too, when not all
 * @param except never these
 */
public record ProjectScope(boolean all, Set<UUID> only, Set<UUID> except) {

  public ProjectScope {
    only = Set.copyOf(only);
    except = Set.copyOf(except);
  }

  public boolean contains(UUID projectId) {
    return (all || only.contains(projectId)) && !except.contains(projectId);
  }
}

package io.waybill.core.access;

import java.util.Optional;
import java.util.UUID;

/** What there is that something can be granted on, and whom it can be granted to. */
public interface ResourceStore {

  /**
   * A resource of this tenant with all that it stands under; empty when there is none, or when it
   * is deleted.
   */
  Optional<Resource> find(UUID tenantId, Resource.Node node);

  /** Whether there is such a subject. Users and groups are their issuer's: there is every one. */
  boolean has(UUID tenantId, Subject subject);
}

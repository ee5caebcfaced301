package io.waybill.core.storage;

import io.waybill.core.Outage;
import org.jspecify.annotations.Nullable;

/**
 * What is done with objects that are finished; of its calls holds what {@link ObjectStore} says.
 */
public interface FinishedObjects {

  /**
   * DeleteObject. That there is no such object, or no such version of it, is no failure: it may be
   * repeated after anything. Throws {@link Outage.Storage} when storage did not say that it is
   * gone; a lock that keeps it is a refusal of us.
   *
   * @param versionId of which version; null for the object as it is, which a versioned bucket only
   *     marks as deleted
   */
  void delete(ObjectLocation location, @Nullable String versionId);

  /**
   * PutObjectLegalHold, OFF: what a policy has had held from the beginning may be deleted. That
   * there is no such object is no failure.
   */
  void release(ObjectLocation location, @Nullable String versionId);
}

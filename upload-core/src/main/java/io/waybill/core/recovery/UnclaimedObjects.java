package io.waybill.core.recovery;

import io.waybill.core.storage.ObjectLocation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Objects that stores have and no dataset does. */
public interface UnclaimedObjects {

  /**
   * Keys of objects that are some dataset's, or that an upload is about to complete.
   *
   * @param datasetIds what the keys say
   * @param sessionIds the same
   */
  Set<String> claimed(UUID tenantId, Collection<UUID> datasetIds, Collection<UUID> sessionIds);

  /** Registers these; one that is known already is that of this recovery from now on. */
  void register(List<UnclaimedObject> objects);

  /** Forgets what is somebody's by now. */
  void forget(UUID tenantId, Collection<ObjectLocation> claimed);

  /** What a recovery has registered, newest first, before an id; null for the first page. */
  List<UnclaimedObject> list(UUID tenantId, UUID recoveryId, @Nullable UUID before, int limit);
}

package io.waybill.core.dataset;

import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import org.jspecify.annotations.Nullable;

/**
 * Where an upload has left an object, or may have.
 *
 * @param versionId null where the store told of none
 * @param isHeld whether storage was told to hold it, or may have been
 * @param bypass which lock of it a purge may go past
 */
public record StoredPlace(
    ObjectLocation location, @Nullable String versionId, boolean isHeld, LockBypass bypass) {}

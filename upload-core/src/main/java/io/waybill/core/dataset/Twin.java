package io.waybill.core.dataset;

import io.waybill.core.storage.ObjectLocation;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that has the very bytes that somebody wants to upload: an instant upload copies its
 * object in storage.
 *
 * @param sha256 of the whole object, lower-case hex
 * @param versionId of the object; null in a bucket without versions
 * @param etag of the object; what has another one by the time of the copy is not copied
 */
public record Twin(
    UUID datasetId,
    String sha256,
    ObjectLocation location,
    @Nullable String versionId,
    String etag) {}

package io.waybill.core.storage;

import org.jspecify.annotations.Nullable;

/**
 * A finished object as HEAD describes it.
 *
 * @param etag as the store quotes it; not an MD5
 * @param versionId null where the bucket is not versioned
 */
public record StoredObject(long sizeBytes, String etag, @Nullable String versionId) {}

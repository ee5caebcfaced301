package io.waybill.core.storage;

/**
 * Where an object lives.
 *
 * @param endpointRef name of an entry in the operator's configuration, never a URL
 */
public record ObjectLocation(String endpointRef, String bucket, String key) {}

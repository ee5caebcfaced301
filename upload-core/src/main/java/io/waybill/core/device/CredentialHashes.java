package io.waybill.core.device;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a secret.
 *
 * @param sha256 in lower-case hex: whoever has the secret is found by it
 * @param broker salted, for a broker that keeps passwords itself; null of a secret that was not at
 *     hand
 */
public record CredentialHashes(String sha256, @Nullable String broker) {}

package io.waybill.core.upload;

import org.jspecify.annotations.Nullable;

/**
 * What a page may know before anybody has signed in there.
 *
 * @param storageEndpoint scheme, host and port to which browsers send parts
 * @param developmentSeed whether identities whose secrets are published let anybody in; false for
 *     whoever asks from another machine
 * @param developmentApiKey a key of those that is offered to whoever signs in; null without them
 */
public record WelcomeAnswer(
    String storageEndpoint, boolean developmentSeed, @Nullable String developmentApiKey) {}

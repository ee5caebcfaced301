package io.waybill.core.upload;

import org.jspecify.annotations.Nullable;

/**
 * What a page may know before anybody has signed in there.
 *
 * @param storageEndpoint scheme, host and port to which browsers send parts
 * @param developmentSeed whether identities whose secrets are published let anybody in; false for
 *     whoever asks from another machine
 * @param developmentApiKey a key of those that is offered to whoever signs in; null without them
 * @param signIn where people sign in; null where only keys are taken
 */
public record WelcomeAnswer(
    String storageEndpoint,
    boolean developmentSeed,
    @Nullable String developmentApiKey,
    @Nullable SignIn signIn) {

  /**
   * An OpenID Connect issuer, and what a page is there.
   *
   * @param issuer its address, as it stands in its tokens
   * @param clientId of a public client, which has no secret
   * @param scope what is asked for, so that it gives a token for us
   */
  public record SignIn(String issuer, String clientId, String scope) {}
}

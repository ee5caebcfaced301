package io.waybill.core.upload.usecase;

import io.waybill.core.upload.UploadStores;
import io.waybill.core.upload.WelcomeAnswer;
import io.waybill.core.work.Ports;

/**
 * Tells whoever has no key yet where storage is and where people sign in, and, on the machine of a
 * developer, with which published key to begin.
 */
public final class Welcome {

  private final Ports<? extends UploadStores> ports;
  private final Describe.Installation installation;

  public Welcome(Ports<? extends UploadStores> ports, Describe.Installation installation) {
    this.ports = ports;
    this.installation = installation;
  }

  /**
   * The answer.
   *
   * @param isFromThisMachine whether whoever asks sits where we run
   */
  public WelcomeAnswer handle(boolean isFromThisMachine) {
    boolean isSeeded = isFromThisMachine && installation.developmentSeed().getAsBoolean();
    return new WelcomeAnswer(
        ports.signer().publicEndpoint(installation.endpointRef()),
        isSeeded,
        isSeeded ? installation.developmentApiKey() : null,
        installation.signIn());
  }
}

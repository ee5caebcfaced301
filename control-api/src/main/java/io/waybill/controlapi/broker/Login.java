package io.waybill.controlapi.broker;

import org.jspecify.annotations.Nullable;

/**
 * Somebody connects to a broker, as EMQX tells it; a broker may leave out what it does not know.
 *
 * @param clientid the client id
 * @param peerhost where they are
 */
record Login(
    @Nullable String username,
    @Nullable String password,
    @Nullable String clientid,
    @Nullable String peerhost) {

  @Override
  public String toString() {
    return "Login[" + username + ", " + clientid + ", " + peerhost + "]";
  }
}

package io.waybill.agent.cli;

import io.waybill.wire.ErrorBody;

/** Tells refusals of who we are from refusals of what we asked. */
final class Refusals {

  private Refusals() {}

  /** Whatever else we asked, the answer would be the same. */
  static boolean ofUs(ErrorBody error) {
    return error.code().startsWith("auth.api_key")
        || error.code().equals("auth.tenant_inactive")
        || error.code().equals("device.inactive")
        || error.code().startsWith("mqtt.identity");
  }
}

package io.waybill.agent.doctor;

import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.wire.ErrorBody;

/** Whether the HTTP API is there and lets us in. */
public final class ApiCheck {

  public static final String API = "api";

  private ApiCheck() {}

  public static Finding of(Interview interview, String address) {
    return switch (interview.outcome()) {
      case Interview.Outcome.Described described -> Finding.ok(API, address + " lets us in");
      case Interview.Outcome.Refused(ErrorBody error) ->
          Finding.fail(
              API,
              Trouble.REFUSED,
              address + ": " + error.code() + ": " + error.message(),
              "the API key or the credential is wrong, was rotated or was revoked");
      case Interview.Outcome.Silent(String reason) ->
          Finding.fail(
              API,
              Trouble.UNREACHABLE,
              reason,
              "see api.url, and whether a firewall or a proxy is in between");
    };
  }

  /** Nobody has said where it is. */
  public static Finding unknown() {
    return Finding.warn(
        API,
        "no API is configured: while the broker is blocked, uploads wait",
        "set api.url, and uploads go around a blocked broker");
  }
}

package io.waybill.agent.doctor;

import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.wire.ErrorBody;
import java.util.List;

/** Whether the broker is there, lets us in, and lets us speak and listen on our own topics. */
public final class BrokerCheck {

  public static final String BROKER = "broker";
  public static final String TOPICS = "topics";

  private BrokerCheck() {}

  /**
   * Reads it off the interview over MQTT.
   *
   * @param connected whether the broker had let us in by its end
   */
  public static List<Finding> of(Interview interview, String address, boolean connected) {
    return switch (interview.outcome()) {
      case Interview.Outcome.Described described -> letIn(address, answered());
      case Interview.Outcome.Refused(ErrorBody error)
          when error.code().equals("mqtt.identity_refused") ->
          refused(error, address);
      case Interview.Outcome.Refused(ErrorBody error) -> letIn(address, answered());
      case Interview.Outcome.Silent(String reason) when connected -> letIn(address, silent());
      case Interview.Outcome.Silent(String reason) ->
          List.of(
              Finding.fail(
                  BROKER,
                  Trouble.UNREACHABLE,
                  reason,
                  "is the broker running there, and does a firewall let this machine reach it?"
                      + " See broker.host, broker.port and broker.tls"));
    };
  }

  private static List<Finding> letIn(String address, Finding topics) {
    return List.of(Finding.ok(BROKER, address + " lets this device in"), topics);
  }

  private static Finding answered() {
    return Finding.ok(TOPICS, "a request was heard, and its answer too");
  }

  private static Finding silent() {
    return Finding.fail(
        TOPICS,
        Trouble.REFUSED,
        "the broker took a request, and no answer came",
        "does a gateway run, and may this device publish upload/request and subscribe"
            + " upload/response under its own topics? Brokers drop in silence what they do not"
            + " allow. See also broker.topic_prefix and tenant");
  }

  private static List<Finding> refused(ErrorBody error, String address) {
    if ("subscribe".equals(error.details().get("at"))) {
      return letIn(
          address,
          Finding.fail(
              TOPICS,
              Trouble.REFUSED,
              error.message(),
              "have the device's rights on the broker restored, or mend tenant and device.id"));
    }
    return List.of(
        Finding.fail(
            BROKER,
            Trouble.REFUSED,
            error.message(),
            "the credential is wrong, was rotated or was revoked: provision this machine again"));
  }
}

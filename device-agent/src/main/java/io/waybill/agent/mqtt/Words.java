package io.waybill.agent.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.ErrorBody;
import java.util.Map;

/** What is said of a broker that does not do as we wish. */
final class Words {

  private Words() {}

  static UnreachableException unanswered(String address, boolean sent, String state) {
    return new UnreachableException(
        sent
            ? "the broker at "
                + address
                + " took the request, but nobody answered; is the gateway running, and may this"
                + " device publish and subscribe under its own topics?"
            : noConnection(address, state)
                + "; is it running there? (WAYBILL_MQTT_HOST, WAYBILL_MQTT_PORT)");
  }

  static String trouble(String address, boolean up, String state) {
    return up
        ? "the broker at " + address + " has the request, and nobody has answered it yet"
        : noConnection(address, state);
  }

  private static String noConnection(String address, String state) {
    return "no connection to the broker at " + address + " (" + state + ")";
  }

  /**
   * A refusal by the broker, as if it were one of the server.
   *
   * @param atTheDoor whether it did not let us in at all; else it lets us listen to nothing
   */
  static ErrorBody refused(String address, String reason, boolean atTheDoor) {
    return new ErrorBody(
        "mqtt.identity_refused",
        reason,
        Map.of("address", address, "at", atTheDoor ? "connect" : "subscribe"),
        false,
        null);
  }

  /** Connected, and the broker does not let us listen. */
  static String notOurTopics(MqttSettings settings) {
    return "the broker at "
        + settings.address()
        + " does not let device "
        + settings.owner().deviceId()
        + " listen on its topics in tenant "
        + settings.owner().tenantId()
        + "; check WAYBILL_TENANT_ID, WAYBILL_DEVICE_ID and the broker's rights";
  }

  /** Whether a broker refused who we are, and not what we want. */
  static boolean isOfIdentity(Mqtt5ConnAckException refused) {
    return switch (refused.getMqttMessage().getReasonCode()) {
      case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED, CLIENT_IDENTIFIER_NOT_VALID, BANNED -> true;
      default -> false;
    };
  }

  /** What it comes down to. */
  static String reason(Throwable cause) {
    Throwable deepest = cause;
    for (Throwable next = cause; next != null; next = next.getCause()) {
      deepest = next;
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}

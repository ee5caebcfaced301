package io.waybill.controlapi.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Client;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Origin;
import io.waybill.core.access.usecase.LetBearerIn;
import io.waybill.core.access.usecase.Showing;
import io.waybill.core.app.UseCases;
import io.waybill.wire.ClientIds;
import io.waybill.wire.TopicRights;
import io.waybill.wire.Topics;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides who may connect to a broker and use which topic: by the registry, as every door does. */
final class BrokerDesk {
  private final UseCases cases;
  private final BrokerSettings settings;
  private final TopicRights rights;

  BrokerDesk(UseCases cases, BrokerSettings settings) {
    this.cases = cases;
    this.settings = settings;
    this.rights = new TopicRights(settings.topics());
  }

  /**
   * A gateway by its password, a device by its credential, each under a client id of its own.
   * Whoever comes too often hears neither yes nor no: a broker that took it for a no would end the
   * connections of devices that are good.
   */
  Verdict<Boolean> mayConnect(Login login, String requestId) {
    String user = said(login.username());
    String password = said(login.password());
    String clientId = said(login.clientid());
    if (isGateway(user)) {
      return Verdict.ok(
          clientId.startsWith(settings.gatewayUser())
              && MessageDigest.isEqual(
                  password.getBytes(UTF_8), settings.gatewayPassword().getBytes(UTF_8)));
    }
    return deviceOf(user)
        .filter(device -> ClientIds.isOf(device, clientId))
        .map(device -> isBearer(device, shown(password, login.peerhost(), requestId)))
        .orElseGet(() -> Verdict.ok(false));
  }

  private static Showing shown(String credential, @Nullable String address, String requestId) {
    return new Showing(credential, said(address), requestId, "mqtt", new Client(address, null));
  }

  private Verdict<Boolean> isBearer(UUID device, Showing showing) {
    return switch (cases
        .access()
        .letBearerIn()
        .handle(showing, (identity, why) -> note(identity, why, showing))
        .then(LetBearerIn.LookUp::find)) {
      case Verdict.Ok<Identity>(Identity owner) ->
          Verdict.ok(owner.isDevice() && owner.id().equals(device));
      case Verdict.Refused<Identity>(Refusal refusal)
          when refusal.code() == ErrorCode.RATE_LIMIT_EXCEEDED ->
          Verdict.refused(refusal);
      case Verdict.Refused<Identity> _ -> Verdict.ok(false);
    };
  }

  private void note(Identity identity, ErrorCode why, Showing showing) {
    Origin origin =
        new Origin("device:" + identity.id(), showing.requestId(), "mqtt", showing.client());
    cases.devices().noteRefusedDevice().handle(identity.tenantId(), identity.id(), why, origin);
  }

  /** A device only while it may act, whatever it could when it connected. */
  boolean mayUse(TopicUse use) {
    String user = said(use.username());
    String topic = said(use.topic());
    return switch (said(use.action())) {
      case "publish" -> mayPublish(user, said(use.clientid()), topic, use.isRetained());
      case "subscribe" -> maySubscribe(user, said(use.clientid()), topic);
      default -> false;
    };
  }

  private boolean mayPublish(String user, String clientId, String topic, boolean isRetained) {
    return isGateway(user)
        ? rights.mayGatewayPublish(topic, isRetained)
        : ownerOf(user, clientId, topic)
            .filter(owner -> rights.mayDevicePublish(owner, topic, isRetained))
            .filter(this::mayAct)
            .isPresent();
  }

  private boolean maySubscribe(String user, String clientId, String topic) {
    return isGateway(user)
        ? rights.mayGatewaySubscribe(topic)
        : ownerOf(user, clientId, topic)
            .filter(owner -> rights.mayDeviceSubscribe(owner, topic))
            .filter(this::mayAct)
            .isPresent();
  }

  /** The device behind the name, if the topic is its own. */
  private Optional<Topics.Owner> ownerOf(String user, String clientId, String topic) {
    return deviceOf(user)
        .filter(device -> ClientIds.isOf(device, clientId))
        .flatMap(device -> rights.ownerOf(topic).filter(owner -> owner.deviceId().equals(device)));
  }

  private boolean mayAct(Topics.Owner owner) {
    return cases.access().authenticate().device(owner.tenantId(), owner.deviceId())
        instanceof Verdict.Ok<Identity>;
  }

  private boolean isGateway(String username) {
    return username.equals(settings.gatewayUser())
        || username.startsWith(settings.gatewayUser() + "-");
  }

  private static String said(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Optional<UUID> deviceOf(String username) {
    try {
      UUID id = UUID.fromString(username);
      return id.toString().equals(username) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }
}

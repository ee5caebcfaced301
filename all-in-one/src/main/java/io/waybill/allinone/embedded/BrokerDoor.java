package io.waybill.allinone.embedded;

import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import io.waybill.wire.ClientIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a client in, with exactly its own rights, or refuses without saying why. */
final class BrokerDoor implements SimpleAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerDoor.class);

  /** Longer than the registry takes to find out that its database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EmbeddedBroker.Settings settings;
  private final Executor executor;

  BrokerDoor(EmbeddedBroker.Settings settings, Executor executor) {
    this.settings = settings;
    this.executor = executor;
  }

  /** The registry may have to ask a database, so the broker's own thread does not wait for it. */
  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    // a client that hears "not authorized" may give up for good, so an outage must not sound so
    var pending =
        output.async(PATIENCE, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_UNAVAILABLE);
    executor.execute(() -> {
      try {
        decide(input.getConnectPacket(), pending.getOutput());
      } catch (RuntimeException e) {
        LOG.warn("a client was refused because the device registry cannot answer", e);
        pending.getOutput().failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
      } finally {
        pending.resume();
      }
    });
  }

  private void decide(ConnectPacket connect, SimpleAuthOutput output) {
    String user = connect.getUserName().orElse("");
    String password = connect.getPassword().map(BrokerDoor::text).orElse("");
    Optional<List<TopicPermission>> rights =
        user.equals(settings.gatewayUser())
            ? rightsOfGateway(connect.getClientId(), password)
            : rightsOfDevice(connect.getClientId(), user, password);
    if (rights.isEmpty()) {
      output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
      return;
    }
    output.getDefaultPermissions().clear();
    output.getDefaultPermissions().addAll(rights.get());
    output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    output.authenticateSuccessfully();
  }

  private Optional<List<TopicPermission>> rightsOfGateway(String clientId, String password) {
    boolean known =
        clientId.startsWith(settings.gatewayUser())
            && MessageDigest.isEqual(bytes(password), bytes(settings.gatewayPassword()));
    return known ? Optional.of(BrokerRights.ofGateway(settings.topicPrefix())) : Optional.empty();
  }

  private Optional<List<TopicPermission>> rightsOfDevice(
      String clientId, String user, String credential) {
    return deviceId(user)
        .filter(device -> ClientIds.isOf(device, clientId))
        .flatMap(device ->
            settings
                .devices()
                .tenantOf(device, credential)
                .map(tenant -> BrokerRights.ofDevice(settings.topicPrefix(), tenant, device)));
  }

  private static Optional<UUID> deviceId(String user) {
    try {
      UUID id = UUID.fromString(user);
      return id.toString().equals(user) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException noUuid) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer password) {
    return StandardCharsets.UTF_8.decode(password.duplicate()).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a client in, with exactly its own rights, or refuses without saying why. */
final class BrokerDoor implements SimpleAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerDoor.class);

  /** Longer than the registry takes to find out that its database is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Gateways gateways;
  private final Devices devices;
  private final Guests guests;
  private final Executor executor;

  BrokerDoor(Gateways gateways, Devices devices, Guests guests, Executor executor) {
    this.gateways = gateways;
    this.devices = devices;
    this.guests = guests;
    this.executor = executor;
  }

  /** The registry may have to ask a database, so the broker's own thread does not wait for it. */
  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    // a client that hears "not authorized" may give up for good, so an outage must not sound so
    var pending =
        output.async(PATIENCE, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_UNAVAILABLE);
    try {
      executor.execute(() -> {
        if (pending.getStatus() == Async.Status.RUNNING) { // else nobody waits any more
          answer(visitor(input), pending);
        }
      });
    } catch (RejectedExecutionException e) {
      pending.getOutput().failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
      pending.resume();
    }
  }

  private void answer(Visitor visitor, Async<SimpleAuthOutput> pending) {
    try {
      decide(visitor, pending.getOutput());
    } catch (RuntimeException e) {
      LOG.warn("a client was refused because the device registry cannot answer: {}", e.toString());
      pending.getOutput().failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE);
    } finally {
      pending.resume();
    }
  }

  private void decide(Visitor visitor, SimpleAuthOutput output) {
    Optional<List<TopicPermission>> rights =
        gateways.isUser(visitor.user()) ? gateways.rightsOf(visitor) : rightsOfDevice(visitor);
    if (rights.isEmpty()) {
      output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
      return;
    }
    output.getDefaultPermissions().clear();
    output.getDefaultPermissions().addAll(rights.get());
    output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    output.authenticateSuccessfully();
  }

  private Optional<List<TopicPermission>> rightsOfDevice(Visitor visitor) {
    Optional<List<TopicPermission>> rights = devices.rightsOf(visitor);
    if (rights.isPresent()) {
      guests.letIn(visitor);
    }
    return rights;
  }

  private static Visitor visitor(SimpleAuthInput input) {
    var connect = input.getConnectPacket();
    return new Visitor(
        connect.getClientId(),
        connect.getUserName().orElse(""),
        connect.getPassword().map(BrokerDoor::text).orElse(""),
        input
            .getConnectionInformation()
            .getInetAddress()
            .map(InetAddress::getHostAddress)
            .orElse(""));
  }

  private static String text(ByteBuffer password) {
    return StandardCharsets.UTF_8.decode(password.duplicate()).toString();
  }
}

package io.waybill.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * The platform's own identity. The broker knows it without asking, so that gateways come back
 * whoever else is away.
 *
 * @param user its client ids begin with this name
 * @param topicPrefix the first level of every topic
 */
public record Gateways(String user, String password, String topicPrefix) {

  boolean isUser(String name) {
    return name.equals(user);
  }

  /** Whether a client of this id, which was let in, is a gateway. */
  boolean isGateway(String clientId) {
    return clientId.startsWith(user);
  }

  Optional<List<TopicPermission>> rightsOf(Visitor visitor) {
    boolean known =
        isGateway(visitor.clientId())
            && MessageDigest.isEqual(visitor.password().getBytes(UTF_8), password.getBytes(UTF_8));
    return known ? Optional.of(BrokerRights.ofGateway(topicPrefix)) : Optional.empty();
  }

  @Override
  public String toString() {
    return "Gateways[" + user + ", " + topicPrefix + "]";
  }
}

package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.events.client.ClientLifecycleEventListener;
import com.hivemq.extension.sdk.api.events.client.parameters.AuthenticationSuccessfulInput;
import com.hivemq.extension.sdk.api.events.client.parameters.ConnectionStartInput;
import com.hivemq.extension.sdk.api.events.client.parameters.DisconnectEventInput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import com.hivemq.extension.sdk.api.services.subscription.TopicSubscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the gateways that stay when one leaves. HiveMQ CE 2025.5 looks into the queue of a share
 * group when a message comes into an empty queue, and when a member has acknowledged what it had. A
 * gateway that drains is no member any more when it acknowledges, so what came meanwhile lies
 * there, the queue is never empty again, and nobody looks. Whoever subscribes looks once: each that
 * stays is given the subscriptions that it has.
 */
final class ShareGroups implements ClientLifecycleEventListener {
  private static final Logger LOG = LoggerFactory.getLogger(ShareGroups.class);

  /** At once, and when whoever has left is surely gone. */
  private static final List<Duration> DELAYS = List.of(Duration.ZERO, Duration.ofSeconds(1));

  private final Gateways gateways;

  /** How many connections: in a takeover the new one is heard of before the end of the old one. */
  private final Map<String, Integer> present = new ConcurrentHashMap<>();

  ShareGroups(Gateways gateways) {
    this.gateways = gateways;
  }

  @Override
  public void onMqttConnectionStart(ConnectionStartInput input) {}

  @Override
  public void onAuthenticationSuccessful(AuthenticationSuccessfulInput input) {
    String clientId = input.getClientInformation().getClientId();
    if (gateways.isGateway(clientId)) {
      present.merge(clientId, 1, Integer::sum);
    }
  }

  @Override
  public void onDisconnect(DisconnectEventInput input) {
    String clientId = input.getClientInformation().getClientId();
    if (gateways.isGateway(clientId)) {
      present.computeIfPresent(clientId, (id, count) -> count == 1 ? null : count - 1);
      for (Duration delay : DELAYS) {
        Future<?> unused =
            Services.extensionExecutorService()
                .schedule(this::wake, delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private void wake() {
    SubscriptionStore store = Services.subscriptionStore();
    for (String clientId : present.keySet()) {
      Future<?> unused =
          store
              .getSubscriptions(clientId)
              .thenCompose(all -> store.addSubscriptions(clientId, shared(all)))
              .exceptionally(gone -> {
                if (present.containsKey(clientId)) {
                  LOG.warn("{} could not be woken after another gateway had left", clientId, gone);
                }
                return null;
              });
    }
  }

  private static Set<TopicSubscription> shared(Set<TopicSubscription> all) {
    return all.stream()
        .filter(one -> one.getTopicFilter().startsWith("$share/"))
        .collect(Collectors.toUnmodifiableSet());
  }
}

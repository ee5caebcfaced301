package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.auth.Authorizer;
import com.hivemq.extension.sdk.api.services.Services;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Takes its place in a broker: who comes is asked for, what they use is judged, who may not stay is
 * shown out.
 *
 * @param askers run what may have to wait for the registry
 * @param roundAskers the same for the rounds, in which it is asked about everybody
 */
public record Doorkeeper(
    Gateways gateways, Devices devices, Executor askers, Executor roundAskers, Duration period) {

  /** How often the registry is asked about everybody. */
  public static final Duration PERIOD = Duration.ofSeconds(2);

  /** For rights that are known when somebody connects. */
  public void start() {
    start(new BrokerTopics());
  }

  /** While an extension starts: only then is there a broker to ask. */
  void start(Authorizer topics) {
    Guests guests = new Guests(devices, roundAskers);
    BrokerDoor door = new BrokerDoor(gateways, devices, guests, askers);
    Services.securityRegistry().setAuthenticatorProvider(ignored -> door);
    Services.securityRegistry().setAuthorizerProvider(ignored -> topics);
    ShareGroups groups = new ShareGroups(gateways);
    Services.eventRegistry().setClientLifecycleEventListener(ignored -> groups);
    Future<?> unused =
        Services.extensionExecutorService()
            .scheduleWithFixedDelay(
                () -> guests.round(Services.clientService()),
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
  }
}

package io.waybill.allinone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Two gateways on one share group, of which one leaves as a gateway does. */
class ShareGroupTest extends OnEmbeddedBroker {
  private static final String GROUP = "$share/gateways/device/+/+/upload/request";
  private static final Duration LONG = Duration.ofSeconds(30);

  /**
   * It takes no more, then acknowledges what it has, then goes. What came between the two was given
   * to nobody, and lay before all that came later.
   */
  @Test
  void the_gateway_that_stays_hears_what_came_while_the_other_drained() {
    Queue<Mqtt5Publish> heldByLeaver = new ConcurrentLinkedQueue<>();
    Queue<Mqtt5Publish> heardByStayer = new ConcurrentLinkedQueue<>();
    Mqtt5BlockingClient device = connected(ROBOT_17, ROBOT_17 + "-busy");
    Mqtt5BlockingClient leaver = member("waybill-gateway-leaver", heldByLeaver::add);
    say(device, 1);
    await().atMost(LONG).until(() -> heldByLeaver.size() == 1);
    Mqtt5BlockingClient stayer =
        member(
            "waybill-gateway-stayer",
            message -> {
              heardByStayer.add(message);
              message.acknowledge();
            });
    leaver.unsubscribeWith().topicFilter(GROUP).send();

    say(device, 5);
    heldByLeaver.forEach(Mqtt5Publish::acknowledge);
    leaver.disconnectWith().sessionExpiryInterval(0).send();

    await().atMost(LONG).until(() -> heardByStayer.size() == 5);
    say(device, 1);
    await().atMost(LONG).until(() -> heardByStayer.size() == 6);
    assertThat(heldByLeaver).hasSize(1);
    stayer.disconnect();
    device.disconnect();
  }

  private static Mqtt5BlockingClient member(String clientId, Consumer<Mqtt5Publish> heard) {
    Mqtt5BlockingClient gateway = connectedGateway(clientId);
    gateway.toAsync().publishes(MqttGlobalPublishFilter.ALL, heard, true);
    subscribe(gateway, GROUP);
    return gateway;
  }

  private static void say(Mqtt5BlockingClient device, int times) {
    for (int n = 0; n < times; n++) {
      publish(device, REQUEST_17, "{}");
    }
  }
}

package io.waybill.benchmarks.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.benchmarks.load.Installation.Device;
import io.waybill.wire.DeviceNotice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Thousands of devices that are connected, each of which may ask for something. */
final class Crowd implements AutoCloseable {
  private static final AtomicLong IDS = new AtomicLong();

  private final List<Member> members = new ArrayList<>();

  /** Connects one after the other; each hears its own answers. */
  Crowd(int port, List<Device> devices) {
    for (Device device : devices) {
      members.add(new Member(device, port));
    }
  }

  /** The device of this number, counted round and round. */
  Member member(long number) {
    return members.get((int) (number % members.size()));
  }

  int size() {
    return members.size();
  }

  /** One device. */
  static final class Member {
    private final Device device;
    private final Mqtt5AsyncClient client;
    private final Map<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();

    private Member(Device device, int port) {
      this.device = device;
      this.client = DeviceLine.connect(device, port, this::heard, "response");
    }

    private void heard(Mqtt5Publish message) {
      String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
      CompletableFuture<String> waiting = asked.remove(after(text, "\"request_id\":\""));
      if (waiting != null) {
        waiting.complete(text);
      }
    }

    /** Tells the gateways that it is there, as the agent does; it is not answered. */
    void appear() {
      String topic = device.topic().replace("/upload/", "/presence");
      publish(topic, new DeviceNotice.Presence(true, "" + UUID.randomUUID(), null).encode());
    }

    /** The answer to a command with this payload. */
    String ask(String command, String payload) throws Exception {
      String id = "c" + IDS.incrementAndGet();
      CompletableFuture<String> answer = new CompletableFuture<>();
      asked.put(id, answer);
      String request =
          "{\"request_id\":\"%s\",\"command\":\"%s\",\"payload\":%s}"
              .formatted(id, command, payload);
      publish(device.topic() + "request", request.getBytes(StandardCharsets.UTF_8));
      return answer.get(5, TimeUnit.MINUTES);
    }

    private void publish(String topic, byte[] payload) {
      client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send().join();
    }
  }

  /** What stands behind the first occurrence of a mark, up to a quote. */
  static String after(String text, String mark) {
    int start = text.indexOf(mark);
    if (start < 0) {
      throw new IllegalStateException("no " + mark + " in " + text);
    }
    start += mark.length();
    return text.substring(start, text.indexOf('"', start));
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            members.stream()
                .map(member -> member.client.disconnect())
                .toArray(CompletableFuture[]::new))
        .join();
  }
}

package io.waybill.benchmarks.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.benchmarks.load.Installation.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Devices that keep a number of requests in flight each, QoS 1 both ways. The same clients measure
 * the bare echo and the gateway.
 */
final class Fleet implements AutoCloseable {
  /** How many requests a device has under way at once. */
  static final int IN_FLIGHT = 8;

  /** As {@code docs/protocol.md} has devices do it, without what it says of further times. */
  private static final Duration REPEAT_AFTER = Duration.ofSeconds(5);

  private final List<Line> lines = new ArrayList<>();
  private final AtomicLong nextId = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile @Nullable Measurement current;

  /** What is said: where, and the text of the n-th request of a device; it holds the id. */
  record Talk(String topic, Payload payload) {}

  /** Makes a request's JSON. */
  @FunctionalInterface
  interface Payload {
    String of(Device device, String requestId, long number);
  }

  /**
   * What came of it.
   *
   * @param slowestMillis of all answers, those before and after the time that counts as well
   * @param answered all of them
   * @param failed answers that were errors
   * @param repeated requests that had no answer in time and were sent again
   */
  record Sample(
      double perSecond,
      double p50Millis,
      double p99Millis,
      double slowestMillis,
      long answered,
      long failed,
      long repeated) {}

  Fleet(int port, List<Device> devices) {
    for (Device device : devices) {
      lines.add(new Line(device, port));
    }
  }

  /** Talks for the warm-up and then for the time that counts, as fast as answers come. */
  Sample run(Talk talk, Duration warmUp, Duration time) throws InterruptedException {
    failed.set(0);
    Measurement now = new Measurement(talk, warmUp, time, true);
    current = now;
    for (Line line : lines) {
      for (int slot = 0; slot < IN_FLIGHT; slot++) {
        line.say(now);
      }
    }
    awaitEnd(now);
    return now.sample(failed.get());
  }

  /** Talks so often, whether answers come or not. */
  Sample steadily(Talk talk, double perSecond, Duration warmUp, Duration time)
      throws InterruptedException {
    failed.set(0);
    Measurement now = new Measurement(talk, warmUp, time, false);
    current = now;
    long step = (long) (1e9 / perSecond);
    long next = System.nanoTime();
    for (int turn = 0; !now.isOver(); ) {
      long early = next - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(early);
      } else {
        lines.get(turn++ % lines.size()).say(now);
        next += step;
      }
    }
    awaitEnd(now);
    return now.sample(failed.get());
  }

  /** One request of one device, and its answer. */
  void once(Device device, Talk talk) throws InterruptedException {
    Measurement now = new Measurement(talk, Duration.ZERO, Duration.ZERO, false);
    current = now;
    for (Line line : lines) {
      if (line.device.equals(device)) {
        line.say(now);
      }
    }
    awaitEnd(now);
  }

  private void awaitEnd(Measurement now) throws InterruptedException {
    long last = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (!now.isAnswered()) {
      if (System.nanoTime() > last) {
        throw new IllegalStateException(now.unanswered() + " requests were never answered");
      }
      lines.forEach(line -> line.repeat(now));
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /**
   * A request under way.
   *
   * @param since nanoseconds, when it was sent first
   * @param last nanoseconds, when it was sent last
   */
  private record Asked(long number, long since, long last) {}

  /** One device and what it has under way. */
  private final class Line {
    private final Device device;
    private final Mqtt5AsyncClient client;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    Line(Device device, int port) {
      this.device = device;
      this.client = DeviceLine.connect(device, port, this::heard, "response", "event");
    }

    void say(Measurement now) {
      long number = nextId.getAndIncrement();
      now.asks();
      long at = System.nanoTime();
      asked.put("b" + number, new Asked(number, at, at));
      send(now, number);
    }

    /** Sends once more, with its own id, what has had no answer for too long. */
    void repeat(Measurement now) {
      long at = System.nanoTime();
      asked.forEach((id, request) -> {
        if (at - request.last > REPEAT_AFTER.toNanos()
            && asked.replace(id, request, new Asked(request.number, request.since, at))) {
          now.repeats();
          send(now, request.number);
        }
      });
    }

    private void send(Measurement now, long number) {
      byte[] request =
          now.talk().payload().of(device, "b" + number, number).getBytes(StandardCharsets.UTF_8);
      var _ =
          client
              .publish(
                  Mqtt5Publish.builder()
                      .topic(device.topic() + now.talk().topic())
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(request)
                      .build())
              .whenComplete((sent, problem) -> {
                if (problem != null || sent.getError().isPresent()) {
                  System.err.println("not sent: " + (problem == null ? sent : problem));
                }
              });
    }

    private void heard(Mqtt5Publish message) {
      long at = System.nanoTime();
      String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
      int start = text.indexOf("\"request_id\":\"") + "\"request_id\":\"".length();
      Asked request = asked.remove(text.substring(start, text.indexOf('"', start)));
      if (request == null) {
        return; // a repeated delivery
      }
      if (text.contains("\"ok\":false") && failed.getAndIncrement() == 0) {
        System.err.println("an error: " + text);
      }
      Measurement now = current;
      if (now != null) {
        if (now.goesOn(request.since, at)) {
          say(now);
        }
        now.answered();
      }
    }
  }

  @Override
  public void close() {
    lines.forEach(line -> line.client.disconnect().join());
  }
}

package io.waybill.benchmarks.load;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.benchmarks.load.Installation.Device;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Devices that keep a number of requests in flight each, QoS 1 both ways. The same clients measure
 * the bare echo and the gateway.
 */
final class Fleet implements AutoCloseable {
  /** How many requests a device has under way at once. */
  static final int IN_FLIGHT = 8;

  private final List<Line> lines = new ArrayList<>();
  private final AtomicLong nextId = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile @Nullable Run run;

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
   * @param failed answers that were errors
   */
  record Sample(double perSecond, double p50Millis, double p99Millis, long failed) {}

  Fleet(int port, List<Device> devices) {
    for (Device device : devices) {
      lines.add(new Line(device, port));
    }
  }

  /** Talks for the warm-up and then for the time that counts. */
  Sample run(Talk talk, Duration warmUp, Duration time) throws InterruptedException {
    failed.set(0);
    Run now = new Run(talk, warmUp, time, lines.size() * IN_FLIGHT);
    run = now;
    for (Line line : lines) {
      for (int slot = 0; slot < IN_FLIGHT; slot++) {
        line.say(now);
      }
    }
    now.awaitEnd();
    return now.sample(failed.get());
  }

  /** One request of one device, and its answer. */
  void once(Device device, Talk talk) throws InterruptedException {
    Run now = new Run(talk, Duration.ZERO, Duration.ZERO, 1);
    run = now;
    for (Line line : lines) {
      if (line.device.equals(device)) {
        line.say(now);
      }
    }
    now.awaitEnd();
  }

  /** One measurement; requests stop when its time is over, and it ends when all are answered. */
  private static final class Run {
    private final Talk talk;
    private final long countFrom;
    private final long countUntil;
    private final long[] nanos = new long[4_000_000];
    private final AtomicLong counted = new AtomicLong();
    private final CountDownLatch open;

    Run(Talk talk, Duration warmUp, Duration time, int requests) {
      this.open = new CountDownLatch(requests);
      this.talk = talk;
      this.countFrom = System.nanoTime() + warmUp.toNanos();
      this.countUntil = countFrom + time.toNanos();
    }

    /** Counts an answer; false when no further request shall follow. */
    boolean goesOn(long asked, long answered) {
      if (answered >= countUntil) {
        open.countDown();
        return false;
      }
      if (answered >= countFrom) {
        nanos[Math.toIntExact(counted.getAndIncrement())] = answered - asked;
      }
      return true;
    }

    void awaitEnd() throws InterruptedException {
      if (!open.await(10, TimeUnit.MINUTES)) {
        throw new IllegalStateException(open.getCount() + " requests were never answered");
      }
    }

    Sample sample(long failures) {
      int count = Math.toIntExact(counted.get());
      if (count == 0) {
        return new Sample(0, Double.NaN, Double.NaN, failures);
      }
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return new Sample(
          count / ((countUntil - countFrom) / 1e9),
          sorted[count / 2] / 1e6,
          sorted[(int) (count * 0.99)] / 1e6,
          failures);
    }
  }

  /** One device and what it has under way. */
  private final class Line {
    private final Device device;
    private final Mqtt5AsyncClient client;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    Line(Device device, int port) {
      this.device = device;
      this.client = DeviceLine.connect(device, port, this::heard, "response", "event");
    }

    void say(Run now) {
      long number = nextId.getAndIncrement();
      String id = "b" + number;
      byte[] request = now.talk.payload().of(device, id, number).getBytes(StandardCharsets.UTF_8);
      asked.put(id, System.nanoTime());
      var _ =
          client
              .publish(
                  Mqtt5Publish.builder()
                      .topic(device.topic() + now.talk.topic())
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
      Long since = asked.remove(text.substring(start, text.indexOf('"', start)));
      if (since == null) {
        return; // a repeated delivery
      }
      if (text.contains("\"ok\":false") && failed.getAndIncrement() == 0) {
        System.err.println("an error: " + text);
      }
      Run now = run;
      if (now != null && now.goesOn(since, at)) {
        say(now);
      }
    }
  }

  @Override
  public void close() {
    lines.forEach(line -> line.client.disconnect().join());
  }
}

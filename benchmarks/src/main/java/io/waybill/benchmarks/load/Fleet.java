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
   * @param slowestMillis of all answers, those before and after the time that counts as well
   * @param answered all of them
   * @param failed answers that were errors
   */
  record Sample(
      double perSecond,
      double p50Millis,
      double p99Millis,
      double slowestMillis,
      long answered,
      long failed) {}

  Fleet(int port, List<Device> devices) {
    for (Device device : devices) {
      lines.add(new Line(device, port));
    }
  }

  /** Talks for the warm-up and then for the time that counts, as fast as answers come. */
  Sample run(Talk talk, Duration warmUp, Duration time) throws InterruptedException {
    failed.set(0);
    Run now = new Run(talk, warmUp, time, true);
    run = now;
    for (Line line : lines) {
      for (int slot = 0; slot < IN_FLIGHT; slot++) {
        line.say(now);
      }
    }
    now.awaitEnd();
    return now.sample(failed.get());
  }

  /** Talks so often, whether answers come or not. */
  Sample steadily(Talk talk, double perSecond, Duration warmUp, Duration time)
      throws InterruptedException {
    failed.set(0);
    Run now = new Run(talk, warmUp, time, false);
    run = now;
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
    now.awaitEnd();
    return now.sample(failed.get());
  }

  /** One request of one device, and its answer. */
  void once(Device device, Talk talk) throws InterruptedException {
    Run now = new Run(talk, Duration.ZERO, Duration.ZERO, false);
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
    private final boolean eachAnswerAsks;
    private final long countFrom;
    private final long countUntil;
    private final long[] nanos = new long[4_000_000];
    private final AtomicLong counted = new AtomicLong();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong slowest = new AtomicLong();

    Run(Talk talk, Duration warmUp, Duration time, boolean eachAnswerAsks) {
      this.talk = talk;
      this.eachAnswerAsks = eachAnswerAsks;
      this.countFrom = System.nanoTime() + warmUp.toNanos();
      this.countUntil = countFrom + time.toNanos();
    }

    boolean isOver() {
      return System.nanoTime() >= countUntil;
    }

    void asks() {
      asked.incrementAndGet();
    }

    /** Counts an answer; whether a further request shall follow it. */
    boolean goesOn(long since, long at) {
      slowest.accumulateAndGet(at - since, Math::max);
      if (at >= countFrom && at < countUntil) {
        nanos[Math.toIntExact(counted.getAndIncrement())] = at - since;
      }
      return eachAnswerAsks && at < countUntil;
    }

    void answered() {
      answered.incrementAndGet();
    }

    void awaitEnd() throws InterruptedException {
      long last = System.nanoTime() + Duration.ofMinutes(10).toNanos();
      while (!isOver() || answered.get() < asked.get()) {
        if (System.nanoTime() > last) {
          throw new IllegalStateException(
              (asked.get() - answered.get()) + " requests were never answered");
        }
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }

    Sample sample(long failures) {
      int count = Math.toIntExact(counted.get());
      double slowestMillis = slowest.get() / 1e6;
      if (count == 0) {
        return new Sample(0, Double.NaN, Double.NaN, slowestMillis, answered.get(), failures);
      }
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return new Sample(
          count / ((countUntil - countFrom) / 1e9),
          sorted[count / 2] / 1e6,
          sorted[(int) (count * 0.99)] / 1e6,
          slowestMillis,
          answered.get(),
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
      now.asks();
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
      if (now != null) {
        if (now.goesOn(since, at)) {
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

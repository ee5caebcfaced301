package io.waybill.agent.mqtt;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.Envelope;
import io.waybill.wire.FieldError;
import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The control plane over a broker. QoS 1 is hop by hop and brokers drop silently, so the answer is
 * the only receipt: an unanswered request is sent again under the same {@code request_id}, later
 * and later, and at once when the connection is back.
 */
public final class MqttControlPlane implements ControlPlane {

  /**
   * How long a broker's refusal of us is believed. A credential that is being rotated, or a broker
   * whose directory was away, refuses today and lets us in tomorrow.
   */
  private static final Duration FORBIDDEN_FOR = Duration.ofSeconds(15);

  private final MqttSettings settings;
  private final Duration forbiddenFor;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final MqttLink link;

  private final Object changed = new Object();
  private final Map<String, @Nullable Reply> waiting = new HashMap<>();
  private boolean opened;
  private boolean up;
  private int connections;
  private String state = "not connected yet";
  private @Nullable String forbidden;
  private @Nullable String turnedAway;
  private long forbiddenAt;

  /** For a short visit: connects when something is asked, and nobody is told. */
  public MqttControlPlane(MqttSettings settings) {
    this(settings, FORBIDDEN_FOR, null);
  }

  MqttControlPlane(MqttSettings settings, Duration forbiddenFor, @Nullable Presence presence) {
    this.settings = settings;
    this.forbiddenFor = forbiddenFor;
    this.link = new MqttLink(settings, new Changes(), presence);
  }

  /** For somebody who stays: connects now, and whoever it concerns is told that we are there. */
  public static MqttControlPlane staying(MqttSettings settings, CommandRoad road) {
    MqttControlPlane plane =
        new MqttControlPlane(settings, FORBIDDEN_FOR, new Presence(settings, road));
    plane.open();
    return plane;
  }

  private void open() {
    synchronized (changed) {
      opened = true;
      link.open();
    }
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    String requestId = UUID.randomUUID().toString();
    byte[] payload =
        Envelope.encode(Request.of(requestId, question.idempotencyKey(), question.command()));
    return switch (exchange(requestId, payload)) {
      case Reply.Ok ok -> new Answer.Done<>(result(question, ok));
      case Reply.Err err -> new Answer.Refused<>(err.error());
      case Reply.Unreadable unreadable ->
          throw new IllegalStateException("kept an answer nobody can read: " + unreadable.reason());
    };
  }

  private <R> R result(Question<R> question, Reply.Ok ok) throws UnreachableException {
    return switch (ok.as(question.answer())) {
      case Parsed.Read<R>(R result) -> result;
      case Parsed.NotJson<R>(String reason) -> throw strange(question, reason);
      case Parsed.Invalid<R>(List<FieldError> errors) -> throw strange(question, "" + errors);
    };
  }

  private UnreachableException strange(Question<?> question, String reason) {
    return new UnreachableException(
        "the answer to " + question.name() + " could not be understood: " + reason);
  }

  private Reply exchange(String requestId, byte[] payload)
      throws UnreachableException, InterruptedException {
    synchronized (changed) {
      boolean old = forbidden != null && System.nanoTime() - forbiddenAt >= forbiddenFor.toNanos();
      if (!opened || old) {
        opened = true;
        forbidden = null;
        link.open();
      }
      waiting.put(requestId, null);
      try {
        return repeat(requestId, payload);
      } finally {
        waiting.remove(requestId);
      }
    }
  }

  /** Under the lock, which waiting gives up. */
  private Reply repeat(String requestId, byte[] payload)
      throws UnreachableException, InterruptedException {
    long end = System.nanoTime() + settings.patience().toNanos();
    Duration repeat = settings.firstRepeat();
    int sentOn = 0;
    long sendAgainAt = 0;
    while (true) {
      Reply reply = waiting.get(requestId);
      if (reply != null) {
        return reply;
      }
      String refusal = refusal();
      if (refusal != null) {
        return new Reply.Err(
            requestId, null, Words.refused(settings.address(), refusal, forbidden != null));
      }
      long now = System.nanoTime();
      if (now - end >= 0) {
        throw Words.unanswered(settings.address(), sentOn > 0, state);
      }
      if (up && (sentOn != connections || now - sendAgainAt >= 0)) {
        repeat = sentOn == connections ? longer(repeat) : repeat;
        var _ = link.send(payload);
        sendAgainAt = now + jittered(repeat);
        sentOn = connections;
      }
      long until = up ? Math.min(end - now, sendAgainAt - now) : end - now;
      changed.wait(Math.max(1, until / 1_000_000));
    }
  }

  private @Nullable String refusal() {
    return forbidden == null
        ? turnedAway
        : forbidden + "; check WAYBILL_DEVICE_ID and WAYBILL_DEVICE_CREDENTIAL";
  }

  private Duration longer(Duration repeat) {
    Duration twice = repeat.multipliedBy(2);
    return twice.compareTo(settings.lastRepeat()) > 0 ? settings.lastRepeat() : twice;
  }

  private long jittered(Duration repeat) {
    return (long) (repeat.toNanos() * (0.75 + 0.5 * random.nextDouble()));
  }

  @Override
  public String address() {
    return settings.address();
  }

  @Override
  public String trouble() {
    synchronized (changed) {
      return Words.trouble(settings.address(), up, state);
    }
  }

  /** Whether the broker has let us in, and listens to us, at this moment. */
  public boolean connected() {
    synchronized (changed) {
      return up;
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /** What the link tells becomes state under the lock, and wakes whoever waits. */
  private final class Changes implements MqttLink.Listener {

    @Override
    public void up() {
      synchronized (changed) {
        up = true;
        turnedAway = null;
        connections++;
        changed.notifyAll();
      }
    }

    @Override
    public void down(String reason) {
      synchronized (changed) {
        up = false;
        state = reason;
        changed.notifyAll();
      }
    }

    @Override
    public void forbidden(String reason) {
      synchronized (changed) {
        up = false;
        forbidden = reason;
        forbiddenAt = System.nanoTime();
        changed.notifyAll();
      }
    }

    @Override
    public void turnedAway(String reason) {
      synchronized (changed) {
        up = false;
        turnedAway = reason;
        changed.notifyAll();
      }
    }

    @Override
    public void message(byte[] payload) {
      Reply reply = Reply.read(payload);
      String requestId =
          switch (reply) {
            case Reply.Ok ok -> ok.requestId();
            case Reply.Err err -> err.requestId();
            case Reply.Unreadable unreadable -> null;
          };
      synchronized (changed) {
        if (requestId != null && waiting.containsKey(requestId)) {
          waiting.put(requestId, reply);
          changed.notifyAll();
        }
      }
    }
  }
}

package io.waybill.agent.mqtt;

import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests and their answers over one link. QoS 1 is hop by hop and brokers drop silently, so the
 * answer is the only receipt: an unanswered request is sent again under the same {@code
 * request_id}, later and later, and at once when the connection is back.
 */
final class Exchange implements AutoCloseable {

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

  /**
   * @param forbiddenFor how long a broker's refusal of us is believed
   * @param presence of somebody who stays, null for a short visit
   */
  Exchange(MqttSettings settings, Duration forbiddenFor, @Nullable Presence presence) {
    this.settings = settings;
    this.forbiddenFor = forbiddenFor;
    this.link = new MqttLink(settings, new Changes(), presence);
  }

  /** Connects now, and not only when there is something to ask. */
  void open() {
    synchronized (changed) {
      opened = true;
      link.open();
    }
  }

  /** Connects anew; what is unanswered is sent again. */
  void reconnect() {
    link.reconnect();
  }

  /** Sends a request until it is answered, or patience is over. */
  Reply ask(String requestId, byte[] payload) throws UnreachableException, InterruptedException {
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

  String trouble() {
    synchronized (changed) {
      return Words.trouble(settings.address(), up, state);
    }
  }

  /** Whether the broker has let us in, and listens to us, at this moment. */
  boolean connected() {
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

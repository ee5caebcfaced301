package io.waybill.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.gateway.Arrival;
import io.waybill.gateway.Egress;
import io.waybill.gateway.OutgoingMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A broker with QoS 1, one share group of gateways, and no promise more: it delays and reorders,
 * delivers twice, drops what it has taken, and loses connections. Nothing moves but by {@link
 * #step}.
 */
final class Broker {

  private final Dice dice;

  /** One message in so many meets with something. */
  private final int troubleOneIn;

  private final List<Session> gateways = new ArrayList<>();
  private final Map<String, Consumer<byte[]>> devices = new LinkedHashMap<>();
  private final List<Runnable> underWay = new ArrayList<>();

  /** Requests that a gateway has acknowledged, and those that were answered: by their ids. */
  private final Set<String> acknowledged = new HashSet<>();

  private final Set<String> answered = new HashSet<>();

  /** Those that a gateway wanted to answer, whether that went well or not. */
  private final Set<String> spokenOf = new HashSet<>();

  /** Those that were acknowledged while the death of their gateway would have lost them. */
  private final Set<String> careless = new TreeSet<>();

  /** Whether a request of this id is written down, so that any gateway can go on with it. */
  private final Predicate<String> isKept;

  private boolean isCalm;

  Broker(Dice dice, Predicate<String> isKept) {
    this.dice = dice;
    this.isKept = isKept;
    this.troubleOneIn = dice.of(List.of(100, 12, 30));
  }

  /** A gateway's session: what it has not acknowledged is delivered again. */
  final class Session implements Egress {
    private final List<Message> unacknowledged = new ArrayList<>();
    private @Nullable Consumer<Arrival> gateway;
    private int connection;
    private @Nullable Wish delivering;

    /** How many processes have left it. */
    private int deaths;

    /** A process takes the session up; the one before is gone, or has lost its connection. */
    void takeUp(Consumer<Arrival> process) {
      gateway = process;
      connection++;
      for (Message message : List.copyOf(unacknowledged)) {
        underWay.add(() -> deliver(message));
      }
    }

    /** The process is gone, and perhaps comes back. */
    void breakOff() {
      deaths++;
      gateway = null;
    }

    /** The session has ended, and with it what was not acknowledged: that, nobody promised. */
    void end() {
      gateway = null;
      unacknowledged.forEach(message -> acknowledged.remove(message.id()));
      unacknowledged.clear();
      gateways.remove(this);
    }

    private void deliver(Message message) {
      Consumer<Arrival> process = gateway;
      if (process == null || !unacknowledged.contains(message)) {
        return; // it is delivered when the session is taken up
      }
      int at = connection;
      delivering = message.wish();
      process.accept(
          new Arrival(
              message.topic(),
              message::payload,
              true,
              new Arrival.Properties(null, message.id().getBytes(UTF_8), null),
              () -> acknowledged(at, message)));
      delivering = null;
    }

    /** What the message asks for that is being handed over; null where none is. */
    @Nullable Wish delivering() {
      return delivering;
    }

    /**
     * Of a connection that is no more nobody hears; but what was written down by then may have been
     * refused since, which leaves nothing behind.
     */
    private void acknowledged(int at, Message message) {
      String id = message.id();
      if (gateway != null && at == connection) {
        unacknowledged.remove(message);
        if (message.changes() && !isSafe(id)) {
          careless.add(id);
        }
        acknowledged.add(id);
      } else if (isToldOrKept(id)) {
        acknowledged.add(id);
      }
    }

    /** Answered, written down, or the same once more was acknowledged before or is yet to be. */
    private boolean isSafe(String id) {
      return isToldOrKept(id)
          || acknowledged.contains(id)
          || unacknowledged.stream().anyMatch(message -> message.id().equals(id));
    }

    /** What the dead were about to say may be lost with them. */
    @Override
    public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
      CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
      int before = deaths;
      byte[] id = message.correlationData();
      if (id != null) {
        spokenOf.add(new String(id, UTF_8));
      }
      underWay.add(() -> {
        if (deaths > before && dice.oneIn(2)) {
          return;
        }
        taken.complete(null);
        route(message);
      });
      return taken;
    }
  }

  private boolean isToldOrKept(String id) {
    return spokenOf.contains(id) || isKept.test(id);
  }

  /** A gateway joins the group. */
  Session join() {
    Session session = new Session();
    gateways.add(session);
    return session;
  }

  /** A device subscribes to this topic; it hears whole payloads. */
  void subscribe(String topic, Consumer<byte[]> device) {
    devices.put(topic, device);
  }

  /** A device publishes a request. */
  void request(Message message) {
    underWay.add(() -> share(message));
  }

  /** From now on nothing is lost, and nothing comes twice. */
  void calm() {
    isCalm = true;
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Whether it keeps no message that it may still give to somebody. */
  boolean isEmpty() {
    return isIdle() && gateways.stream().allMatch(session -> session.unacknowledged.isEmpty());
  }

  /** Requests that were acknowledged while the death of their gateway would have lost them. */
  Set<String> careless() {
    return careless;
  }

  /** Requests that a gateway has acknowledged and nobody has answered. */
  Set<String> unanswered() {
    if (answered.containsAll(acknowledged)) {
      return Set.of();
    }
    Set<String> unanswered = new TreeSet<>(acknowledged);
    unanswered.removeAll(answered);
    return unanswered;
  }

  /** Moves one message, whichever; it may be lost, or come again. */
  void step() {
    if (underWay.isEmpty()) {
      return;
    }
    Runnable move = underWay.remove(isCalm ? 0 : dice.below(underWay.size()));
    move.run();
  }

  private boolean isTrouble() {
    return !isCalm && dice.oneIn(troubleOneIn);
  }

  private void share(Message message) {
    if (gateways.isEmpty() || isTrouble()) {
      return; // a full queue drops, and says nothing
    }
    int times = isTrouble() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Session session = gateways.get(dice.below(gateways.size()));
      session.unacknowledged.add(message);
      session.deliver(message);
    }
  }

  private void route(OutgoingMessage message) {
    byte[] id = message.correlationData();
    if (id != null) {
      answered.add(new String(id, UTF_8));
    }
    Consumer<byte[]> device = devices.get(message.topic());
    if (device == null || isTrouble()) {
      return;
    }
    int times = isTrouble() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      underWay.add(() -> device.accept(message.payload()));
    }
  }
}

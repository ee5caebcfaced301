package io.waybill.simulator;

import io.waybill.gateway.Arrival;
import io.waybill.gateway.Egress;
import io.waybill.gateway.OutgoingMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker with QoS 1, one share group of gateways, and no promise more: it delays and reorders,
 * delivers twice, drops what it has taken, and loses connections. Nothing moves but by {@link
 * #step}.
 */
public final class Broker {

  /** One message in so many meets with something. */
  private static final int TROUBLE = 12;

  private final Chance chance;
  private final List<Session> gateways = new ArrayList<>();
  private final Map<String, Consumer<byte[]>> devices = new LinkedHashMap<>();
  private final List<Runnable> underWay = new ArrayList<>();
  private boolean isCalm;

  public Broker(Chance chance) {
    this.chance = chance;
  }

  /** What was published once; two of the same words are two. */
  private static final class Message {
    private final String topic;
    private final byte[] payload;

    Message(String topic, byte[] payload) {
      this.topic = topic;
      this.payload = payload;
    }
  }

  /** A gateway's session: what it has not acknowledged is delivered again. */
  public final class Session implements Egress {
    private final List<Message> unacknowledged = new ArrayList<>();
    private @Nullable Consumer<Arrival> gateway;
    private int connection;

    /** A process takes the session up; the one before is gone, or has lost its connection. */
    public void takeUp(Consumer<Arrival> process) {
      gateway = process;
      connection++;
      for (Message message : List.copyOf(unacknowledged)) {
        underWay.add(() -> deliver(message));
      }
    }

    /** The process is gone, and perhaps comes back. */
    public void breakOff() {
      gateway = null;
    }

    /** The session has ended, and with it what it had not acknowledged. */
    public void end() {
      gateway = null;
      unacknowledged.clear();
      gateways.remove(this);
    }

    private void deliver(Message message) {
      Consumer<Arrival> process = gateway;
      if (process == null || !unacknowledged.contains(message)) {
        return; // it is delivered when the session is taken up
      }
      int at = connection;
      process.accept(
          new Arrival(
              message.topic,
              () -> message.payload,
              true,
              new Arrival.Properties(null, null, null),
              () -> acknowledged(at, message)));
    }

    /** Of a connection that is no more nobody hears. */
    private void acknowledged(int at, Message message) {
      if (gateway != null && at == connection) {
        unacknowledged.remove(message);
      }
    }

    @Override
    public CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
      CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
      underWay.add(() -> {
        taken.complete(null);
        route(message);
      });
      return taken;
    }
  }

  /** A gateway joins the group. */
  public Session join() {
    Session session = new Session();
    gateways.add(session);
    return session;
  }

  /** A device subscribes to this topic; it hears whole payloads. */
  public void subscribe(String topic, Consumer<byte[]> device) {
    devices.put(topic, device);
  }

  /** A device publishes a request. */
  public void request(String topic, byte[] payload) {
    Message message = new Message(topic, payload);
    underWay.add(() -> share(message));
  }

  /** From now on nothing is lost, and nothing comes twice. */
  public void calm() {
    isCalm = true;
  }

  public boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Moves one message, whichever; it may be lost, or come again. */
  public void step() {
    if (underWay.isEmpty()) {
      return;
    }
    Runnable move = underWay.remove(isCalm ? 0 : chance.below(underWay.size()));
    move.run();
  }

  private boolean isTrouble() {
    return !isCalm && chance.oneIn(TROUBLE);
  }

  private void share(Message message) {
    if (gateways.isEmpty() || isTrouble()) {
      return; // a full queue drops, and says nothing
    }
    int times = isTrouble() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Session session = gateways.get(chance.below(gateways.size()));
      session.unacknowledged.add(message);
      session.deliver(message);
    }
  }

  private void route(OutgoingMessage message) {
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

package io.waybill.simulator;

import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Through the broker, to whichever gateway it gives the message. */
final class MqttRoad implements Road {

  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private final Broker broker;
  private final Owner device;
  private @Nullable Wish last;
  private Consumer<Heard> hears = heard -> {};

  MqttRoad(Broker broker, Owner device) {
    this.broker = broker;
    this.device = device;
    broker.subscribe(TOPICS.of(device, Kind.RESPONSE), this::hear);
  }

  @Override
  public void send(Wish wish, Consumer<Heard> to) {
    last = wish;
    hears = to;
    broker.request(
        new Message(
            TOPICS.of(device, Kind.REQUEST),
            wish,
            Envelope.encode(Request.of(wish.id(), null, wish.command()))));
  }

  /** Only of the last request: what else is answered was answered before. */
  private void hear(byte[] payload) {
    Wish wish = last;
    switch (Reply.read(payload)) {
      case Reply.Ok ok when wish != null && wish.id().equals(ok.requestId()) ->
          hears.accept(Heard.of(wish.goal(), ok::as));
      case Reply.Err err when wish != null && wish.id().equals(err.requestId()) ->
          hears.accept(Heard.of(err.error()));
      case Reply.Err(String id, String _, var error) when id == null ->
          throw new Broken("a gateway could not read what a device said: " + error);
      case Reply.Ok ok -> isOurs(ok.requestId());
      case Reply.Err err -> isOurs(String.valueOf(err.requestId()));
      case Reply.Unreadable(String reason) -> throw new Broken("unreadable answer: " + reason);
    }
  }

  /** An answer to an earlier request, or one more to the last: but to this device's. */
  private void isOurs(String requestId) {
    if (last == null || !requestId.startsWith(last.about().name())) {
      throw new Broken("a device is given the answer to another's request: " + requestId);
    }
  }
}

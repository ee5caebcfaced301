package io.waybill.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Envelope;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One gateway without a broker, and what comes out of it. */
final class Replica {

  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  final WaitingShift shift;
  final Dispatch dispatch;
  final List<String> acknowledged = new ArrayList<>();
  final List<Reply> published = new ArrayList<>();

  /** The broker's answer to what is published. */
  CompletableFuture<@Nullable Void> broker = CompletableFuture.completedFuture(null);

  Replica(Plant plant) {
    this.shift = new WaitingShift(plant.time);
    this.dispatch =
        Dispatch.over(
            plant.useCases,
            TOPICS,
            Bounds.DEFAULT,
            new SimpleMeterRegistry(),
            new Dispatch.World(
                shift,
                shift,
                message -> {
                  published.add(Reply.read(message.payload()));
                  return broker;
                }));
  }

  /** The broker brings a request; {@code name} is how its acknowledgement is told. */
  void take(String name, Owner owner, Request request) {
    byte[] payload = Envelope.encode(request);
    dispatch.arrive(
        new Arrival(
            TOPICS.of(owner, Topics.Kind.REQUEST),
            () -> payload,
            true,
            new Arrival.Properties(null, null, null),
            () -> acknowledged.add(name)));
    shift.run();
  }
}

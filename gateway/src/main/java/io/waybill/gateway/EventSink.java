package io.waybill.gateway;

import io.waybill.core.delivery.Delivery;
import io.waybill.core.delivery.Sink;
import io.waybill.core.event.OutboxEvent;
import io.waybill.doors.CloudEvents;
import io.waybill.wire.CloudEvent;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells devices what became of what they sent: CloudEvents on {@code upload/event}, a whole batch
 * on its way at once. An event is delivered when the broker has it.
 */
final class EventSink implements Sink {

  /** What a device cannot know by its own answers, or what ends something of its own. */
  static final Interest INTEREST =
      new OfTypes(
          Set.of(
              "upload.paused",
              "upload.resumed",
              "upload.extended",
              "upload.completed",
              "upload.aborted",
              "upload.expired",
              "upload.failed",
              "upload.object_retried",
              "dataset.ready",
              "dataset.rejected",
              "dataset.quarantined",
              "dataset.released",
              "device.credential_rotating",
              "device.credential_rotated"),
          true);

  private static final Duration LIFE = Duration.ofDays(2);
  private static final Delivered DELIVERED = new Delivered();

  private final Topics topics;
  private final Outbound outbound;
  private final Duration patience;

  /**
   * A sink over one link.
   *
   * @param patience how long the broker has to take a batch
   */
  EventSink(Topics topics, Outbound outbound, Duration patience) {
    this.topics = topics;
    this.outbound = outbound;
    this.patience = patience;
  }

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Interest interest() {
    return INTEREST;
  }

  @Override
  public List<Outcome> tell(List<Delivery> batch) {
    if (!outbound.isConnected()) {
      return batch.stream().<Outcome>map(one -> away()).toList();
    }
    List<CompletableFuture<Outcome>> sent = new ArrayList<>(batch.size());
    for (Delivery one : batch) {
      sent.add(send(one.event()));
    }
    var _ =
        CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new))
            .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    return sent.stream().map(one -> one.getNow(away())).toList();
  }

  private static Outcome away() {
    return new Unreachable("the broker is away");
  }

  private CompletableFuture<Outcome> send(OutboxEvent event) {
    return event
        .deviceId()
        .map(device -> new Topics.Owner(event.tenantId(), device))
        .map(owner -> outbound.send(message(owner, event)).thenApply(this::outcome))
        .orElseGet(() -> CompletableFuture.completedFuture(new Refused("it concerns no device")));
  }

  private Outcome outcome(Optional<Throwable> problem) {
    if (problem.isEmpty()) {
      return DELIVERED;
    }
    return outbound.isConnected()
        ? new Refused("the broker refused it: " + problem.get().getMessage())
        : away();
  }

  private OutgoingMessage message(Topics.Owner device, OutboxEvent event) {
    return new OutgoingMessage(
        topics.of(device, Kind.EVENT),
        CloudEvents.of(event).encode(),
        null,
        LIFE,
        CloudEvent.CONTENT_TYPE);
  }
}

package io.waybill.gateway;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.trace.Span;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.NoticeReader;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what devices say of themselves: what became of a command, that they come and go. Nobody
 * waits for an answer; only what is refused is answered, as an error that belongs to no request.
 * Whatever comes is counted and acknowledged, what is kept after its commit.
 */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final List<String> ENDS =
      Stream.of(Kind.COMMAND_RESULT, Kind.PRESENCE).map(kind -> "/" + kind.suffix()).toList();

  /**
   * All devices come at once when their broker is back, and what they say of it is not said again.
   * So few at a time leave connections to the database for requests, and none is refused because of
   * the others.
   */
  private static final int AT_ONCE = 2;

  private final Topics topics;
  private final Lanes<String> lanes;
  private final Desk desk;
  private final Reception.Out out;
  private final Patience patience;
  private final Semaphore atMostOnce;
  private final int payloadBytes;

  Notices(Topics topics, Bounds bounds, Lanes<String> lanes, Desk desk, Reception.Out out) {
    this.topics = topics;
    this.lanes = lanes;
    this.desk = desk;
    this.out = out;
    this.patience = new Patience(bounds.databasePatience(), out.waits());
    this.atMostOnce = new Semaphore(bounds.receiveMaximum());
    this.payloadBytes = bounds.payloadBytes();
  }

  /** How a notice ended: a word for metrics and logs, and the error that its device is told. */
  record Ended(Optional<Owner> owner, String outcome, @Nullable ErrorBody error) {}

  static boolean isNotice(String topic) {
    return ENDS.stream().anyMatch(topic::endsWith);
  }

  static boolean isOfPresence(String topic) {
    return topic.endsWith("/" + Kind.PRESENCE.suffix());
  }

  /** The broker's callback: only lets the message in. */
  void arrive(Arrival arrival) {
    if (!arrival.isAtLeastOnce() && !atMostOnce.tryAcquire()) {
      out.ledger().noticed(arrival, new Ended(Optional.empty(), "dropped", null), Span.NONE);
      return;
    }
    long since = out.waits().nanoTime();
    Lanes.Work work = letNextGo -> take(arrival, since);
    lanes.enterBehind("notices " + Math.floorMod(arrival.topic().hashCode(), AT_ONCE), work);
  }

  private void take(Arrival arrival, long since) {
    try (Span span = out.ledger().noticing(arrival)) {
      Ended ended = hear(arrival, since);
      ErrorBody error = ended.error();
      if (error != null) {
        ReplyTo reply = ReplyTo.of(errorTopic(arrival, ended.owner()), null, null, null);
        var _ = out.publish(out.answers().error(reply, error, AnswerLimit.NONE));
      }
      out.ledger().noticed(arrival, ended, span);
    } catch (RuntimeException | LinkageError | VirtualMachineError defect) {
      LOG.error("a notice of a device is lost because of a defect", defect);
    } finally {
      arrival.acknowledge();
      if (!arrival.isAtLeastOnce()) {
        atMostOnce.release();
      }
    }
  }

  private Ended hear(Arrival arrival, long since) {
    Optional<Owner> owner = topics.read(arrival.topic()).map(Topics.Read::owner);
    byte[] payload = arrival.payload();
    if (payload.length == 0 && isOfPresence(arrival.topic())) {
      return new Ended(owner, "cleared", null); // of what was retained
    }
    DeviceNotice notice =
        isOfPresence(arrival.topic())
            ? NoticeReader.presence(payload, payloadBytes)
            : NoticeReader.result(payload, payloadBytes);
    return switch (notice) {
      case DeviceNotice.Unreadable unreadable ->
          new Ended(owner, "poison", Errors.of(unreadable.why()));
      case DeviceNotice.Result result when owner.isPresent() -> ended(owner.get(), result, since);
      case DeviceNotice.Presence presence when owner.isPresent() ->
          came(owner.get(), presence, since);
      default -> new Ended(owner, "poison", Errors.of(Reception.strangeTopic()));
    };
  }

  private Ended came(Owner owner, DeviceNotice.Presence presence, long since) {
    Verdict<?> verdict =
        patience.until(() -> desk.hear(owner.tenantId(), owner.deviceId(), presence), since);
    return switch (verdict) {
      case Verdict.Ok<?> ok ->
          new Ended(Optional.of(owner), presence.online() ? "online" : "offline", null);
      case Verdict.Refused<?>(Refusal refusal) ->
          new Ended(Optional.of(owner), word(Road.outcome(verdict)), Errors.of(refusal));
    };
  }

  private Ended ended(Owner owner, DeviceNotice.Result result, long since) {
    Verdict<?> verdict =
        patience.until(() -> desk.hear(owner.tenantId(), owner.deviceId(), result), since);
    return switch (verdict) {
      case Verdict.Ok<?>(Object value) -> new Ended(Optional.of(owner), word((Heard) value), null);
      case Verdict.Refused<?>(Refusal refusal) -> {
        Refusal named = refusal.with("command_id", result.commandId().toString());
        yield new Ended(Optional.of(owner), word(Road.outcome(verdict)), Errors.of(named));
      }
    };
  }

  private static String word(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** For a topic whose tenant and device are not ids: the same levels, another end. */
  private String errorTopic(Arrival arrival, Optional<Owner> owner) {
    String topic = arrival.topic();
    int end = ENDS.stream().filter(topic::endsWith).mapToInt(String::length).max().orElse(0);
    return owner
        .map(known -> topics.of(known, Kind.ERROR))
        .orElseGet(() -> topic.substring(0, topic.length() - end) + "/" + Kind.ERROR.suffix());
  }
}

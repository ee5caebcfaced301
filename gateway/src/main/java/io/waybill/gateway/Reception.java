package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.trace.Span;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.doors.Waits;
import io.waybill.gateway.GatewayMetrics.Outcome;
import io.waybill.wire.Command.Malformed;
import io.waybill.wire.Envelope;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Request;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every message in and sees every answer out: decode, find where the answer goes, walk the
 * road, publish, acknowledge. Whatever comes, it is answered, counted and acknowledged.
 */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private static final CompletableFuture<@Nullable Void> COMPLETE =
      CompletableFuture.completedFuture(null);

  private final Topics topics;
  private final Lanes<String> lanes;
  private final Road road;
  private final Answers answers;
  private final Out out;
  private final Semaphore atMostOnce;
  private final int payloadBytes;

  Reception(Topics topics, GatewaySettings.Bounds bounds, Lanes<String> lanes, Road road, Out out) {
    this.topics = topics;
    this.atMostOnce = new Semaphore(bounds.receiveMaximum());
    this.payloadBytes = bounds.payloadBytes();
    this.lanes = lanes;
    this.road = road;
    this.answers = out.answers();
    this.out = out;
  }

  /**
   * A message on its way.
   *
   * @param since when it came: the time in its lane counts as waiting, too
   * @param isOneTooMany whether its device has as many waiting as it may
   * @param letNextGo lets the next one of its device go
   */
  private record Visit(Arrival arrival, long since, boolean isOneTooMany, Runnable letNextGo) {}

  /**
   * How answers are written, where they go, where they are written down, how they are waited for.
   */
  record Out(Answers answers, Egress egress, Ledger ledger, Waits waits) {

    CompletableFuture<@Nullable Void> publish(OutgoingMessage message) {
      return egress.publish(message);
    }

    /** Waits until the broker has it; false when we are told to end. */
    boolean isHandedOver(CompletableFuture<@Nullable Void> publication) {
      return waits.isDone(publication);
    }
  }

  /**
   * The broker's callback: only lets the message in. A topic is a device. The broker holds back
   * what is more than we can take, except messages sent at most once: those are dropped.
   */
  void arrive(Arrival arrival) {
    if (!arrival.isAtLeastOnce() && !atMostOnce.tryAcquire()) {
      out.ledger().dropped();
      return;
    }
    long since = out.waits().nanoTime();
    if (!lanes.enter(
        arrival.topic(), letNextGo -> receive(new Visit(arrival, since, false, letNextGo)))) {
      lanes.enterBeside(letNextGo -> receive(new Visit(arrival, since, true, letNextGo)));
    }
  }

  private void receive(Visit visit) {
    Arrival arrival = visit.arrival();
    try {
      serve(visit);
    } catch (RuntimeException | LinkageError | VirtualMachineError defect) {
      LOG.error(
          "a request was not seen to its end because of a defect; its device may repeat it",
          defect);
      // what the broker waits for would take one of the few places of everybody, for good
      arrival.acknowledge();
    } finally {
      if (!arrival.isAtLeastOnce()) {
        atMostOnce.release();
      }
    }
  }

  private void serve(Visit visit) {
    long began = out.waits().nanoTime();
    Request request = Envelope.decode(visit.arrival().payload(), payloadBytes);
    try (Span span = out.ledger().begun(visit.arrival(), request)) {
      serve(visit, request, span, began);
    }
  }

  private void serve(Visit visit, Request request, Span span, long began) {
    Arrival arrival = visit.arrival();
    Optional<Owner> owner =
        topics
            .read(arrival.topic())
            .filter(topic -> topic.kind() == Kind.REQUEST)
            .map(Topics.Read::owner);
    ReplyTo reply = replyTo(arrival, owner, request);
    Finished finished = finish(visit, request, owner, reply);
    CompletableFuture<@Nullable Void> handedOver =
        finished.answer().map(out::publish).orElseGet(() -> COMPLETE);
    visit.letNextGo().run();
    try {
      Duration took = Duration.ofNanos(out.waits().nanoTime() - began);
      out.ledger().written(arrival, request, finished, span, took);
    } finally {
      if (out.isHandedOver(handedOver)) {
        arrival.acknowledge();
        finished.settle().run();
      }
    }
  }

  private Finished finish(Visit visit, Request request, Optional<Owner> owner, ReplyTo reply) {
    AnswerLimit limit = Answers.limit(reply, request.maxResponseBytes());
    try {
      if (request.command() instanceof Malformed malformed) {
        return refused(owner, reply, Errors.of(malformed), limit, Outcome.POISON);
      }
      return owner.isPresent()
          ? carryOut(visit, request, owner.get(), reply)
          : refused(owner, reply, Errors.of(strangeTopic()), limit, Outcome.POISON);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      LOG.error("a request is answered with internal.error because of a defect", defect);
      return refused(owner, reply, Errors.of(Errors.defect()), limit, Outcome.DEFECT);
    }
  }

  private Finished carryOut(Visit visit, Request request, Owner owner, ReplyTo reply) {
    Arrival arrival = visit.arrival();
    AnswerLimit limit = Answers.limit(reply, request.maxResponseBytes());
    if (arrival.responseTopic().filter(topic -> !topics.mayAnswerOn(topic, owner)).isPresent()) {
      return refused(
          Optional.of(owner), reply, Errors.of(forbiddenTopic()), limit, Outcome.REFUSED);
    }
    if (visit.isOneTooMany()) {
      return refused(Optional.of(owner), reply, Errors.of(oneTooMany()), limit, Outcome.REFUSED);
    }
    Runnable harmless =
        () -> {
          arrival.acknowledge();
          visit.letNextGo().run();
        };
    Road.Traveller traveller =
        new Road.Traveller(owner, request, reply, limit, visit.since(), harmless);
    return road.walk(traveller)
        .map(verdict -> told(traveller, verdict))
        .orElseGet(() ->
            new Finished(Optional.of(owner), Optional.empty(), Outcome.JOINED, null, () -> {}));
  }

  private Finished told(Road.Traveller traveller, Verdict<?> verdict) {
    return new Finished(
        Optional.of(traveller.owner()),
        Optional.of(answers.of(traveller, verdict)),
        Road.outcome(verdict),
        verdict instanceof Verdict.Refused<?>(Refusal refusal) ? refusal.code().code() : null,
        () -> road.settle(traveller, verdict));
  }

  /**
   * A request at its end.
   *
   * @param answer empty when another answer is the answer to it
   * @param settle what is left to do once the broker has the answer
   */
  record Finished(
      Optional<Owner> owner,
      Optional<OutgoingMessage> answer,
      Outcome outcome,
      @Nullable String errorCode,
      Runnable settle) {}

  private Finished refused(
      Optional<Owner> owner, ReplyTo reply, ErrorBody error, AnswerLimit limit, Outcome outcome) {
    return new Finished(
        owner, Optional.of(answers.error(reply, error, limit)), outcome, error.code(), () -> {});
  }

  /**
   * The device's own response topic, or the one that it named below it; the error topic for who
   * cannot be told which request is meant.
   */
  private ReplyTo replyTo(Arrival arrival, Optional<Owner> owner, Request request) {
    Kind kind = request.requestId() == null ? Kind.ERROR : Kind.RESPONSE;
    String own =
        owner.map(known -> topics.of(known, kind)).orElseGet(() -> beside(arrival.topic(), kind));
    String topic =
        owner
            .flatMap(
                known -> arrival.responseTopic().filter(named -> topics.mayAnswerOn(named, known)))
            .filter(named -> kind == Kind.RESPONSE)
            .orElse(own);
    return ReplyTo.of(topic, arrival.correlationData(), request.id(), request.commandName());
  }

  /** For topics whose tenant and device are not ids: the same levels, another end. */
  private static String beside(String topic, Kind kind) {
    String end = "/" + Kind.REQUEST.suffix();
    String start = topic.endsWith(end) ? topic.substring(0, topic.length() - end.length()) : topic;
    return start + "/" + kind.suffix();
  }

  static Refusal strangeTopic() {
    return Refusal.of(
        ErrorCode.DEVICE_NOT_FOUND,
        "The topic must name the tenant and the device by their ids, in lower case.");
  }

  private static Refusal oneTooMany() {
    return Refusal.of(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "Too many requests of this device wait already; nothing was done.")
        .retryAfter(1);
  }

  private static Refusal forbiddenTopic() {
    return Refusal.of(
        ErrorCode.MQTT_RESPONSE_TOPIC_FORBIDDEN,
        "The Response Topic must be the device's own upload/response or below it.");
  }
}

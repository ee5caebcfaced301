package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.upload.AnswerLimit;
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
  private final Egress egress;
  private final Ledger ledger;
  private final Semaphore atMostOnce;
  private final int payloadBytes;

  Reception(GatewaySettings settings, Lanes<String> lanes, Road road, Out out) {
    this.topics = settings.topics();
    this.atMostOnce = new Semaphore(settings.bounds().receiveMaximum());
    this.payloadBytes = settings.bounds().payloadBytes();
    this.lanes = lanes;
    this.road = road;
    this.answers = out.answers();
    this.egress = out.egress();
    this.ledger = out.ledger();
  }

  /**
   * A request that has been read.
   *
   * @param isOneTooMany whether its device has as many waiting as it may
   * @param letNextGo lets the next one of its device go
   */
  private record Visit(
      Arrival arrival, Request request, boolean isOneTooMany, Runnable letNextGo) {}

  /** How answers are written, where they go, and where they are written down. */
  record Out(Answers answers, Egress egress, Ledger ledger) {}

  /**
   * The broker's callback: only lets the message in. A topic is a device. The broker holds back
   * what is more than we can take, except messages sent at most once: those are dropped.
   */
  void arrive(Arrival arrival) {
    if (!arrival.isAtLeastOnce() && !atMostOnce.tryAcquire()) {
      ledger.dropped();
      return;
    }
    if (!lanes.enter(arrival.topic(), letNextGo -> receive(arrival, false, letNextGo))) {
      lanes.enterBeside(letNextGo -> receive(arrival, true, letNextGo));
    }
  }

  private void receive(Arrival arrival, boolean isOneTooMany, Runnable letNextGo) {
    try {
      serve(arrival, isOneTooMany, letNextGo);
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

  private void serve(Arrival arrival, boolean isOneTooMany, Runnable letNextGo) {
    long began = System.nanoTime();
    Request request = Envelope.decode(arrival.payload(), payloadBytes);
    Optional<Owner> owner =
        topics
            .read(arrival.topic())
            .filter(topic -> topic.kind() == Kind.REQUEST)
            .map(Topics.Read::owner);
    ReplyTo reply = replyTo(arrival, owner, request);
    Finished finished = finish(new Visit(arrival, request, isOneTooMany, letNextGo), owner, reply);
    CompletableFuture<@Nullable Void> handedOver =
        finished.answer().map(egress::publish).orElseGet(() -> COMPLETE);
    letNextGo.run();
    try {
      ledger.written(arrival, request, finished, Duration.ofNanos(System.nanoTime() - began));
    } finally {
      if (Egress.isHandedOver(handedOver)) {
        arrival.acknowledge();
        finished.settle().run();
      }
    }
  }

  private Finished finish(Visit visit, Optional<Owner> owner, ReplyTo reply) {
    Request request = visit.request();
    AnswerLimit limit = Answers.limit(reply, request.maxResponseBytes());
    try {
      if (request.command() instanceof Malformed malformed) {
        return refused(owner, reply, Errors.of(malformed), limit, Outcome.POISON);
      }
      return owner.isPresent()
          ? carryOut(visit, owner.get(), reply, limit)
          : refused(owner, reply, Errors.of(strangeTopic()), limit, Outcome.POISON);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      LOG.error("a request is answered with internal.error because of a defect", defect);
      return refused(owner, reply, Errors.of(Errors.defect()), limit, Outcome.DEFECT);
    }
  }

  private Finished carryOut(Visit visit, Owner owner, ReplyTo reply, AnswerLimit limit) {
    Arrival arrival = visit.arrival();
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
        new Road.Traveller(owner, visit.request(), reply, limit, arrival.since(), harmless);
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

  private static Refusal strangeTopic() {
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

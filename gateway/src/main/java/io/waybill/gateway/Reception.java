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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every message in and sees every answer out: decode, find where the answer goes, walk the
 * road, publish, acknowledge. Whatever comes, it is answered, counted and acknowledged.
 */
final class Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

  private final Topics topics;
  private final Lanes<String> lanes;
  private final Road road;
  private final Answers answers;
  private final Egress egress;
  private final Ledger ledger;
  private final int atMostOnceInside;

  Reception(GatewaySettings settings, Lanes<String> lanes, Road road, Out out) {
    this.topics = settings.topics();
    this.atMostOnceInside = settings.bounds().receiveMaximum();
    this.lanes = lanes;
    this.road = road;
    this.answers = out.answers();
    this.egress = out.egress();
    this.ledger = out.ledger();
  }

  /** A request that has been read, and how it lets the next one of its device go. */
  private record Visit(Arrival arrival, Request request, Runnable letNextGo) {}

  /** How answers are written, where they go, and where they are written down. */
  record Out(Answers answers, Egress egress, Ledger ledger) {}

  /**
   * The broker's callback: only lets the message in. A topic is a device. The broker holds back
   * what is more than we can take, except messages sent at most once: those are dropped.
   */
  void arrive(Arrival arrival) {
    if (!arrival.isAtLeastOnce() && lanes.inside() >= atMostOnceInside) {
      ledger.dropped();
      return;
    }
    lanes.enter(arrival.topic(), letNextGo -> serve(arrival, letNextGo));
  }

  private void serve(Arrival arrival, Runnable letNextGo) {
    long began = System.nanoTime();
    Request request = Envelope.decode(arrival.payload());
    Optional<Owner> owner =
        topics
            .read(arrival.topic())
            .filter(topic -> topic.kind() == Kind.REQUEST)
            .map(Topics.Read::owner);
    ReplyTo reply = replyTo(arrival, owner, request);
    Finished finished = finish(new Visit(arrival, request, letNextGo), owner, reply);
    CompletableFuture<@Nullable Void> handedOver = egress.publish(finished.answer());
    letNextGo.run();
    ledger.written(arrival, request, finished, Duration.ofNanos(System.nanoTime() - began));
    if (Egress.isHandedOver(handedOver)) {
      arrival.acknowledge();
      finished.settle().run();
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
          ? serve(visit, owner.get(), reply, limit)
          : refused(owner, reply, Errors.of(strangeTopic()), limit, Outcome.POISON);
    } catch (RuntimeException | LinkageError | StackOverflowError defect) {
      LOG.error("a request is answered with internal.error because of a defect", defect);
      return refused(owner, reply, Errors.of(Errors.defect()), limit, Outcome.DEFECT);
    }
  }

  private Finished serve(Visit visit, Owner owner, ReplyTo reply, AnswerLimit limit) {
    Arrival arrival = visit.arrival();
    if (arrival.responseTopic().filter(topic -> !topics.mayAnswerOn(topic, owner)).isPresent()) {
      return refused(
          Optional.of(owner), reply, Errors.of(forbiddenTopic()), limit, Outcome.REFUSED);
    }
    Runnable harmless =
        () -> {
          arrival.acknowledge();
          visit.letNextGo().run();
        };
    Road.Traveller traveller =
        new Road.Traveller(owner, visit.request(), reply, limit, arrival.since(), harmless);
    Verdict<?> verdict = road.walk(traveller);
    return new Finished(
        Optional.of(owner),
        answers.of(reply, verdict, limit),
        Road.outcome(verdict),
        verdict instanceof Verdict.Refused<?>(Refusal refusal) ? refusal.code().code() : null,
        () -> road.settle(traveller, verdict));
  }

  /**
   * A request at its end.
   *
   * @param settle what is left to do once the broker has the answer
   */
  record Finished(
      Optional<Owner> owner,
      Egress.Answer answer,
      Outcome outcome,
      @Nullable String errorCode,
      Runnable settle) {}

  private Finished refused(
      Optional<Owner> owner, ReplyTo reply, ErrorBody error, AnswerLimit limit, Outcome outcome) {
    return new Finished(owner, answers.error(reply, error, limit), outcome, error.code(), () -> {});
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

  private static Refusal forbiddenTopic() {
    return Refusal.of(
        ErrorCode.MQTT_RESPONSE_TOPIC_FORBIDDEN,
        "The Response Topic must be the device's own upload/response or below it.");
  }
}

package io.waybill.agent.mqtt;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.Envelope;
import io.waybill.wire.FieldError;
import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;
import io.waybill.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control plane over a broker. */
public final class MqttControlPlane implements ControlPlane {

  /**
   * How long a broker's refusal of us is believed. A credential that is being rotated, or a broker
   * whose directory was away, refuses today and lets us in tomorrow.
   */
  private static final Duration FORBIDDEN_FOR = Duration.ofSeconds(15);

  private final MqttSettings settings;
  private final Exchange exchange;

  /** For a short visit: connects when something is asked, and nobody is told. */
  public MqttControlPlane(MqttSettings settings) {
    this(settings, FORBIDDEN_FOR, null);
  }

  MqttControlPlane(MqttSettings settings, Duration forbiddenFor, @Nullable Presence presence) {
    this.settings = settings;
    this.exchange = new Exchange(settings, forbiddenFor, presence);
  }

  /** For somebody who stays: connects now, and whoever it concerns is told that we are there. */
  public static MqttControlPlane staying(MqttSettings settings, CommandRoad road) {
    MqttControlPlane plane =
        new MqttControlPlane(settings, FORBIDDEN_FOR, new Presence(settings, road));
    plane.exchange.open();
    return plane;
  }

  /** Connects anew, because there is another credential to show; what is asked goes on. */
  public void reconnect() {
    exchange.reconnect();
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    String requestId = UUID.randomUUID().toString();
    byte[] payload =
        Envelope.encode(Request.of(requestId, question.idempotencyKey(), question.command()));
    return switch (exchange.ask(requestId, payload)) {
      case Reply.Ok ok -> new Answer.Done<>(result(question, ok));
      case Reply.Err err -> new Answer.Refused<>(err.error());
      case Reply.Unreadable unreadable ->
          throw new IllegalStateException("kept an answer nobody can read: " + unreadable.reason());
    };
  }

  private <R> R result(Question<R> question, Reply.Ok ok) throws UnreachableException {
    return switch (ok.as(question.answer())) {
      case Parsed.Read<R>(R result) -> result;
      case Parsed.NotJson<R>(String reason) -> throw strange(question, reason);
      case Parsed.Invalid<R>(List<FieldError> errors) -> throw strange(question, "" + errors);
    };
  }

  private UnreachableException strange(Question<?> question, String reason) {
    return new UnreachableException(
        "the answer to " + question.name() + " could not be understood: " + reason);
  }

  @Override
  public String address() {
    return settings.address();
  }

  @Override
  public String trouble() {
    return exchange.trouble();
  }

  /** Whether the broker has let us in, and listens to us, at this moment. */
  public boolean connected() {
    return exchange.connected();
  }

  @Override
  public void close() {
    exchange.close();
  }
}

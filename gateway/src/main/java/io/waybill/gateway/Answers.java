package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.Perishable;
import io.waybill.wire.Envelope;
import io.waybill.wire.ErrorBody;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes answers, within the size that the device can take. */
final class Answers {

  private final Duration defaultLife;

  Answers(Duration defaultLife) {
    this.defaultLife = defaultLife;
  }

  /** The bound that a request sets on its answer, for use cases that can answer less. */
  static AnswerLimit limit(ReplyTo reply, @Nullable Integer maxResponseBytes) {
    return maxResponseBytes == null
        ? AnswerLimit.NONE
        : new AnswerLimit(maxResponseBytes, result -> ok(reply, result, false).length);
  }

  /** The answer to a verdict. */
  OutgoingMessage of(Road.Traveller traveller, Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Ok<?>(Object result) -> of(traveller, Objects.requireNonNull(result));
      case Verdict.Refused<?>(Refusal refusal) ->
          error(traveller.reply(), Errors.of(refusal), traveller.limit());
    };
  }

  private OutgoingMessage of(Road.Traveller traveller, Object result) {
    ReplyTo reply = traveller.reply();
    AnswerLimit limit = traveller.limit();
    Object shorter =
        limit.fits(result) || !(result instanceof Perishable answer) ? result : answer.shortened();
    return limit.fits(shorter)
        ? answer(reply, ok(reply, shorter, traveller.isReplayed().get()), life(shorter))
        : error(reply, Errors.of(tooLarge(limit.sizeOf().applyAsLong(shorter))), limit);
  }

  /** An error fits always: its details are left out when there is no room for them. */
  OutgoingMessage error(ReplyTo reply, ErrorBody error, AnswerLimit limit) {
    byte[] whole = Envelope.error(reply.requestId(), reply.command(), error);
    if (whole.length <= limit.maxBytes() || tells(error)) {
      return answer(reply, whole, defaultLife);
    }
    ErrorBody bare =
        new ErrorBody(
            error.code(), error.message(), Map.of(), error.retryable(), error.retryAfterSeconds());
    return answer(reply, Envelope.error(reply.requestId(), reply.command(), bare), defaultLife);
  }

  /** The one detail without which the error would be of no use. */
  private static boolean tells(ErrorBody error) {
    return error.code().equals(ErrorCode.MQTT_RESPONSE_TOO_LARGE.code());
  }

  static Refusal tooLarge(long neededBytes) {
    return Refusal.of(
            ErrorCode.MQTT_RESPONSE_TOO_LARGE,
            "The answer is larger than max_response_bytes; ask again with room for it.")
        .with("needed_bytes", neededBytes);
  }

  private static OutgoingMessage answer(ReplyTo reply, byte[] payload, Duration life) {
    return new OutgoingMessage(reply.topic(), payload, reply.correlationBytes(), life);
  }

  private static byte[] ok(ReplyTo reply, Object result, boolean isReplayed) {
    return Envelope.ok(
        Objects.requireNonNull(reply.requestId()),
        Objects.requireNonNull(reply.command()),
        result,
        isReplayed);
  }

  private Duration life(Object result) {
    OptionalLong keepsFor =
        result instanceof Perishable answer ? answer.keepsForSeconds() : OptionalLong.empty();
    return keepsFor.isPresent()
        ? Duration.ofSeconds(Math.clamp(keepsFor.getAsLong(), 1, defaultLife.toSeconds()))
        : defaultLife;
  }
}

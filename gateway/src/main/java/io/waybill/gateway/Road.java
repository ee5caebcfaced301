package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.idempotency.ReplyAddress;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.doors.Waits;
import io.waybill.gateway.GatewayMetrics.Outcome;
import io.waybill.wire.Envelope;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Owner;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The road of one understood request: who is it, is there room, the desk. It neither publishes nor
 * acknowledges; it only says when our death has become harmless.
 */
final class Road {

  private final Desk desk;
  private final Waits waits;
  private final Patience patience;
  private final Room<Owner> storageRoom;
  private final Repetitions repetitions;

  Road(Desk desk, GatewaySettings.Bounds bounds, Waits waits) {
    this.desk = desk;
    this.waits = waits;
    this.patience = new Patience(bounds.databasePatience(), waits);
    this.storageRoom = room(bounds);
    this.repetitions = new Repetitions(room(bounds), waits);
  }

  private static Room<Owner> room(GatewaySettings.Bounds bounds) {
    return new Room<>(bounds.storageCommands(), bounds.storageCommandsPerDevice());
  }

  /**
   * One request on its way.
   *
   * @param since when it came, by {@link Waits#nanoTime()}
   * @param harmless called, perhaps more than once, when our death cannot lose the request any more
   * @param isReplayed becomes true when the verdict is that of an earlier request with this key
   */
  record Traveller(
      Owner owner,
      Request request,
      ReplyTo reply,
      AnswerLimit limit,
      long since,
      Runnable harmless,
      AtomicBoolean isReplayed) {

    Traveller(
        Owner owner,
        Request request,
        ReplyTo reply,
        AnswerLimit limit,
        long since,
        Runnable harmless) {
      this(owner, request, reply, limit, since, harmless, new AtomicBoolean());
    }

    CommandRow<?> row() {
      return CommandRow.of(request.command());
    }

    String requestId() {
      return Objects.requireNonNull(request.requestId());
    }

    String key() {
      String key = request.idempotencyKey();
      return key == null ? requestId() : key;
    }
  }

  /** The verdict; empty when the same request waits already, whose answer is the answer to both. */
  Optional<Verdict<?>> walk(Traveller traveller) {
    return switch (traveller.row().ackPoint()) {
      case ONE_TRANSACTION -> Optional.of(attempt(traveller, traveller.since()));
      case READS_STORAGE -> Optional.of(inRoom(traveller, traveller.since(), traveller.harmless()));
      case INTENT_FIRST ->
          repetitions.inTurn(
              scope(traveller), traveller, since -> inRoom(traveller, since, () -> {}));
    };
  }

  private Verdict<?> attempt(Traveller traveller, long since) {
    return patience.until(() -> visit(traveller), since);
  }

  /**
   * Requests that wait for storage are acknowledged, so this is what bounds them: none is before it
   * has its room. Nobody waits for room, because who did would hold up what needs no storage.
   */
  private Verdict<?> inRoom(Traveller traveller, long since, Runnable inside) {
    if (!storageRoom.enter(traveller.owner())) {
      return Verdict.refused(
          Refusal.of(
                  ErrorCode.STORAGE_UNAVAILABLE,
                  "Too many commands wait for storage already; nothing was done.")
              .retryAfter(2));
    }
    try {
      inside.run();
      return attempt(traveller, since);
    } finally {
      storageRoom.leave(traveller.owner());
    }
  }

  private Verdict<?> visit(Traveller traveller) {
    Owner owner = traveller.owner();
    return switch (desk.identify(owner.tenantId(), owner.deviceId(), traveller.requestId())) {
      case Verdict.Refused<Identity>(Refusal refusal) -> Verdict.refused(refusal);
      case Verdict.Ok<Identity>(Identity identity) -> {
        Optional<Refusal> tooSmall = tooSmall(traveller);
        yield tooSmall.isPresent()
            ? Verdict.refused(tooSmall.get())
            : desk.carryOut(
                new Desk.Call(
                    new Caller(identity, traveller.requestId(), "mqtt"),
                    traveller.request().command(),
                    requestKey(traveller),
                    traveller.limit()));
      }
    };
  }

  /** A refusal when the largest answer may not fit: before the command has any effect. */
  private static Optional<Refusal> tooSmall(Traveller traveller) {
    AnswerLimit limit = traveller.limit();
    return traveller
        .row()
        .largest()
        .filter(largest -> !limit.fits(largest))
        .map(largest -> Answers.tooLarge(limit.sizeOf().applyAsLong(largest)));
  }

  private static RequestKey requestKey(Traveller traveller) {
    return traveller.row().isRemembered()
        ? remembered(traveller, traveller.request()).telling(() -> traveller.isReplayed().set(true))
        : RequestKey.NONE;
  }

  private static RequestKey remembered(Traveller traveller, Request request) {
    boolean keyIsRequestId = request.idempotencyKey() == null;
    if (traveller.row().ackPoint() != AckPoint.INTENT_FIRST) {
      return new RequestKey(traveller.key(), keyIsRequestId, null, () -> {});
    }
    ReplyAddress address =
        new ReplyAddress(
            traveller.reply().toText(),
            new String(Envelope.encode(request), StandardCharsets.UTF_8));
    return new RequestKey(traveller.key(), keyIsRequestId, address, traveller.harmless());
  }

  /**
   * The answer is with the broker. An intent that is finished is owed nothing more; one that was
   * refused for good has left no record.
   */
  void settle(Traveller traveller, Verdict<?> verdict) {
    boolean mayBeOwed =
        traveller.row().ackPoint() == AckPoint.INTENT_FIRST
            && !(verdict instanceof Verdict.Refused<?>(Refusal refusal)
                && !refusal.code().retryable());
    if (mayBeOwed) {
      patience.until(
          () -> {
            desk.answered(scope(traveller));
            return Verdict.ok("");
          },
          waits.nanoTime());
    }
  }

  private static Scope scope(Traveller traveller) {
    Owner owner = traveller.owner();
    return new Scope(owner.tenantId(), "device:" + owner.deviceId(), traveller.key());
  }

  /** How a verdict is counted. */
  static Outcome outcome(Verdict<?> verdict) {
    return switch (verdict) {
      case Verdict.Ok<?> ok -> Outcome.OK;
      case Verdict.Refused<?>(Refusal refusal) ->
          switch (refusal.code()) {
            case INTERNAL -> Outcome.DEFECT;
            case DATABASE_UNAVAILABLE, STORAGE_UNAVAILABLE -> Outcome.UNAVAILABLE;
            default -> Outcome.REFUSED;
          };
    };
  }
}

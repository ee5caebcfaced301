package io.waybill.gateway;

import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.wire.Envelope;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Owner;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes what a gateway that died had begun: the intent is walked again under the same key, and
 * its answer goes where its device waits for it.
 */
final class OwedAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(OwedAnswers.class);
  private static final String DEVICE_ACTOR = "device:";

  private final Desk desk;
  private final Road road;
  private final Lanes<String> lanes;
  private final Reception.Out out;

  OwedAnswers(Desk desk, Road road, Lanes<String> lanes, Reception.Out out) {
    this.desk = desk;
    this.road = road;
    this.lanes = lanes;
    this.out = out;
  }

  /** One round; what cannot be finished now is ours, or another gateway's, again later. */
  void pay() {
    guarded(() -> {
      for (Unanswered owed : desk.claimOwed()) {
        lanes.enterBeside(letNextGo -> guarded(() -> pay(owed)));
      }
    });
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (Outage outage) {
      LOG.debug("owed answers wait for the database", outage);
    } catch (RuntimeException defect) {
      LOG.error("an owed answer could not be given because of a defect", defect);
    }
  }

  private void pay(Unanswered owed) {
    Optional<ReplyTo> reply = ReplyTo.read(owed.reply().address());
    Optional<Owner> owner = owner(owed);
    if (reply.isEmpty() || owner.isEmpty()) {
      LOG.warn("an owed answer has an address of another version and is given up");
      desk.answered(owed.scope());
      return;
    }
    Request request = Envelope.decode(owed.reply().request().getBytes(StandardCharsets.UTF_8));
    AnswerLimit limit = Answers.limit(reply.get(), request.maxResponseBytes());
    Road.Traveller traveller =
        new Road.Traveller(
            owner.get(), request, reply.get(), limit, out.waits().nanoTime(), () -> {});
    Optional<Verdict<?>> end = road.walk(traveller);
    if (end.isEmpty()) {
      return;
    }
    Verdict<?> verdict = end.get();
    if (verdict instanceof Verdict.Refused<?>(Refusal refusal) && refusal.code().retryable()) {
      return;
    }
    if (out.isHandedOver(out.publish(out.answers().of(traveller, verdict)))) {
      desk.answered(owed.scope());
      LOG.atInfo()
          .addKeyValue("operation", request.commandName())
          .addKeyValue("request_id", request.requestId())
          .log("gave the answer that another gateway owed");
    }
  }

  private static Optional<Owner> owner(Unanswered owed) {
    String actor = owed.scope().actor();
    return actor.startsWith(DEVICE_ACTOR)
        ? Optional.of(
            new Owner(
                owed.scope().tenantId(), UUID.fromString(actor.substring(DEVICE_ACTOR.length()))))
        : Optional.empty();
  }
}

package io.waybill.agent.doctor;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * The server's answer to {@code describe}, or what came instead of it.
 *
 * @param askedAt by this machine's clock
 * @param took from the question to the answer
 */
public record Interview(Outcome outcome, Instant askedAt, Duration took) {

  /** What came of the question. */
  public sealed interface Outcome {

    record Described(Result.Description description) implements Outcome {}

    record Refused(ErrorBody error) implements Outcome {}

    /** Nobody answered; {@code reason} is for a person. */
    record Silent(String reason) implements Outcome {}
  }

  /** Asks once. */
  public static Interview over(ControlPlane plane, UUID project, InstantSource clock)
      throws InterruptedException {
    Instant askedAt = clock.instant();
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome =
          switch (plane.ask(Question.describe(project))) {
            case Answer.Done<Result.Description>(Result.Description description) ->
                new Outcome.Described(description);
            case Answer.Refused<Result.Description>(ErrorBody error) -> new Outcome.Refused(error);
          };
    } catch (UnreachableException e) {
      outcome = new Outcome.Silent(String.valueOf(e.getMessage()));
    }
    return new Interview(outcome, askedAt, Duration.ofNanos(System.nanoTime() - start));
  }
}

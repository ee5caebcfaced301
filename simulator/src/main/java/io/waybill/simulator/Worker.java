package io.waybill.simulator;

import io.waybill.core.upload.Session;
import io.waybill.core.upload.usecase.Redrive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The worker that every process has: every five seconds one of them claims what is due. */
final class Worker {

  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int BATCH = 4;

  private final Life life;
  private Instant nextRound;

  Worker(Life life, Instant beginning) {
    this.life = life;
    this.nextRound = beginning;
  }

  boolean isDue(Instant now) {
    return !nextRound.isAfter(now);
  }

  void startRound(Replica at) {
    nextRound = life.now().plus(PERIOD);
    at.payOwedAnswers();
    Redrive redrive = at.cases.uploads().redrive();
    life.start(
        new Flight(
            "worker", "claims", at, () -> redrive.claim(BATCH), claimed -> walk(at, claimed)));
  }

  private void walk(Replica at, Flight.End claimed) {
    if (claimed instanceof Flight.End.Answered(List<?> sessions)) {
      sessions.forEach(session -> walk(at, (Session) session));
    } else {
      life.judge.noDefect(claimed);
    }
  }

  private void walk(Replica at, Session session) {
    life.start(
        new Flight(
                "worker",
                "walks " + session.status(),
                at,
                () -> at.cases.uploads().redrive().walk(session),
                life.judge::noDefect)
            .about(session.upload().sessionId()));
  }
}

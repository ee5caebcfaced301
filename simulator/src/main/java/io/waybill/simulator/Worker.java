package io.waybill.simulator;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.usecase.RedrivePurges;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.usecase.Redrive;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
    RedrivePurges purges = at.cases.datasets().redrivePurges();
    claim(at, "claims", () -> redrive.claim(BATCH), session -> walk(at, session));
    claim(at, "claims purges", () -> purges.claim(BATCH), dataset -> purge(at, dataset));
  }

  private <T> void claim(Replica at, String what, Supplier<List<T>> claim, Consumer<T> walk) {
    List<T> claimed = new ArrayList<>();
    life.start(
        new Flight(
            "worker",
            what,
            at,
            () -> claimed.addAll(claim.get()),
            end -> {
              life.judge.noDefect(end);
              if (end instanceof Flight.End.Answered) {
                claimed.forEach(walk);
              }
            }));
  }

  private void purge(Replica at, Dataset dataset) {
    life.start(
        new Flight(
            "worker",
            "walks a purge",
            at,
            () -> at.cases.datasets().redrivePurges().walk(dataset),
            life.judge::noDefect));
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

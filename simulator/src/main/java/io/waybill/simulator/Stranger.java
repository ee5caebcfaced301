package io.waybill.simulator;

import io.waybill.core.access.Caller;
import io.waybill.core.upload.Session;
import java.util.List;
import java.util.UUID;

/** Somebody of another tenant who has got hold of sessions' ids. */
final class Stranger {

  private final Life life;
  private final Caller caller;

  Stranger(Life life, Caller caller) {
    this.life = life;
    this.caller = caller;
  }

  void pry(Replica at) {
    List<Session> sessions = life.judge.sessions();
    if (sessions.isEmpty()) {
      return;
    }
    UUID id = life.dice.of(sessions).upload().sessionId();
    boolean fromStorage = life.dice.oneIn(2);
    life.start(
        new Flight(
            "a stranger",
            "asks",
            at,
            () -> at.cases.uploads().getSession().handle(caller, id, fromStorage),
            life.judge::sawNothing));
  }
}

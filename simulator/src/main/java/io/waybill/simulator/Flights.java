package io.waybill.simulator;

import io.waybill.core.memory.MemoryTransaction;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import io.waybill.simulator.Weather.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All calls under way in all processes, and what happens when one of them is decided on. */
final class Flights {

  /** How long one unit of work may take, waiting for others' rows included. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Life life;
  private final List<Flight> flights = new ArrayList<>();

  Flights(Life life) {
    this.life = life;
  }

  boolean isEmpty() {
    return flights.isEmpty();
  }

  int size() {
    return flights.size();
  }

  /** Those that wait for the scheduler, and for nothing else. */
  List<Flight> free() {
    return Pick.all(flights, flight -> !flight.isHeld());
  }

  void start(Flight flight) {
    flights.add(flight);
    proceed(flight);
  }

  /** One that begins when the scheduler wants. */
  void put(Flight flight) {
    flights.add(flight);
  }

  private void proceed(Flight flight) {
    if (!flight.proceed()) {
      flights.remove(flight);
    }
  }

  /** Lets the open question of a call become what the scheduler wants. */
  void decide(Flight flight, Fate fate) {
    Question<?> question = flight.question();
    switch (fate) {
      case GOES_WELL -> goesWell(flight, question);
      case NO_EFFECT -> {
        question.lost().run();
        silent(flight, question);
      }
      case NO_ANSWER -> {
        Object _ = answerOf(question);
        question.lost().run();
        silent(flight, question);
      }
      case LATE -> {
        life.later(() -> happens(question));
        silent(flight, question);
      }
      case REFUSED -> {
        question.lost().run();
        hears(flight, question.refusal());
      }
    }
  }

  private void goesWell(Flight flight, Question<?> question) {
    if (flight.hear(question.effect(), life.now())) {
      proceed(flight);
    } else if (isDeadlock(flight)) {
      life.tell(() -> flight + ": deadlock at " + question.name());
      life.tally.deadlocked();
      hears(flight, Flights::deadlock);
    } else {
      life.tally.waited();
    }
  }

  private void silent(Flight flight, Question<?> question) {
    hears(flight, question.silence());
  }

  private void hears(Flight flight, Supplier<?> answer) {
    boolean _ = flight.hear(answer, life.now());
    proceed(flight);
  }

  private static Supplier<?> deadlock() {
    throw new Connections.Deadlock();
  }

  /** Whether who has the row waits, through however many others, for this one. */
  private boolean isDeadlock(Flight waiting) {
    @Nullable MemoryTransaction holder = waiting.holder();
    for (int links = 0; holder != null && links <= flights.size(); links++) {
      if (holder == waiting.transaction) {
        return true;
      }
      Flight next = of(holder);
      holder = next != null && next.isHeld() ? next.holder() : null;
    }
    return false;
  }

  private @Nullable Flight of(MemoryTransaction transaction) {
    return flights.stream()
        .filter(flight -> flight.transaction == transaction)
        .findFirst()
        .orElse(null);
  }

  /** How the session is that a call is about. */
  @Nullable SessionStatus stateOf(Flight flight) {
    UUID about = flight.session;
    return about == null ? null : life.judge.session(about).map(Session::status).orElse(null);
  }

  /** Gives up calls that have waited too long for others' rows. */
  void giveUp(Instant now) {
    for (Flight flight : List.copyOf(flights)) {
      Instant since = flight.occupiedSince();
      if (since != null && since.plus(LONGEST).isBefore(now)) {
        life.tell(() -> flight + ": waited too long for a row");
        decide(flight, Fate.NO_EFFECT);
      }
    }
  }

  /** A process is gone: what it was about to ask may still happen, what it knew is gone. */
  void die(Replica dead, Dice dice) {
    for (Flight flight : List.copyOf(flights)) {
      if (flight.replica == dead) {
        flights.remove(flight);
        life.tally.killed(flight, stateOf(flight));
        Question<?> question = flight.question();
        switch (dice.below(3)) {
          case 0 -> question.lost().run();
          case 1 -> happens(question);
          default -> life.later(() -> happens(question));
        }
      }
    }
  }

  /** Its effect, of which nobody hears; then the other side learns that nobody is there. */
  private static void happens(Question<?> question) {
    Object _ = answerOf(question);
    question.lost().run();
  }

  private static Object answerOf(Question<?> question) {
    try {
      return String.valueOf(question.effect().get());
    } catch (RuntimeException of) {
      return of;
    }
  }
}

package io.waybill.testkit.simulation;

import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.usecase.Redrive;
import io.waybill.testkit.simulation.Tape.Part;
import io.waybill.testkit.simulation.Tape.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One life of the control plane: replicas, robots, a worker, and a scheduler that decides at every
 * question of every call. First it breaks what it may; then the world is quiet, and whatever was
 * begun has to end.
 */
final class Life {

  private static final Instant BEGINNING = Instant.parse("2026-03-14T09:26:53Z");
  private static final Duration LATE = Duration.ofSeconds(40);

  /** In a quiet world everything is over after so many turns, or never. */
  private static final int QUIET_TURNS = 20_000;

  final Dice dice;
  final SequentialIds ids = new SequentialIds();
  final MemoryDatabase rows = new MemoryDatabase();
  final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));

  /** The store as the servers see it. */
  final ObjectStore store;

  final Judge judge = new Judge(this);
  private final Simulation.Plan plan;
  private final Site site = new Site(rows);
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Robot> robots = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private final Simulation.Tally tally;
  private Instant now = BEGINNING;
  private Instant nextRound = BEGINNING;
  private int born;
  private boolean quiet;

  /** An effect whose caller has long been told that there is no answer. */
  private record Late(Instant at, Supplier<?> effect) {}

  Life(long seed, Simulation.Plan plan, Simulation.Tally tally) {
    this.dice = new Dice(seed);
    this.plan = plan;
    this.tally = tally;
    this.store = plan.store().apply(objects);
    for (int i = 0; i < plan.replicas(); i++) {
      replicas.add(begin());
    }
    for (int i = 0; i < plan.robots(); i++) {
      robots.add(new Robot("robot-" + i, this, site.robot("robot-" + i), 1 + dice.below(3)));
    }
  }

  Instant now() {
    return now;
  }

  UUID project() {
    return site.project();
  }

  void tell(String line) {
    plan.story().accept(Duration.between(BEGINNING, now).toMillis() + " ms  " + line);
  }

  /** A process with a clock of its own, up to two seconds beside the others'. */
  private Replica begin() {
    return new Replica("server-" + born++, this, Duration.ofMillis(dice.below(4000) - 2000L));
  }

  /** Lives to the end. */
  void live() {
    for (int turn = 0; turn < plan.turns() && !isOver(); turn++) {
      turn();
    }
    quiet = true;
    tell("from here on nothing breaks");
    for (int turn = 0; !isOver() || !settled(); turn++) {
      if (turn == QUIET_TURNS) {
        throw new Broken("the world does not come to rest: " + goals() + flights.size());
      }
      turn();
    }
    judge.atTheEnd();
  }

  private String goals() {
    return robots.stream()
        .map(robot -> robot.name() + " " + robot.goal() + ", ")
        .toList()
        .toString();
  }

  private boolean isOver() {
    return robots.stream().allMatch(Robot::rests) && flights.isEmpty();
  }

  /** Whether nothing is left for the worker: no session will ever be due. */
  private boolean settled() {
    return late.isEmpty()
        && judge.sessions().stream().allMatch(session -> session.dueAt().isEmpty());
  }

  private void turn() {
    if (!quiet && dice.oneIn(60)) {
      die();
    } else if (!flights.isEmpty() && !dice.oneIn(4)) {
      Flight flight = dice.of(flights);
      decide(flight);
    } else {
      begin(dice.below(3));
    }
    judge.look();
  }

  private void begin(int what) {
    Optional<Late> due = late.stream().filter(one -> !one.at().isAfter(now)).findFirst();
    List<Robot> ready =
        robots.stream().filter(robot -> !robot.rests() && !robot.again().isAfter(now)).toList();
    if (due.isPresent()) {
      late.remove(due.get());
      tell("a late effect");
      Object _ = due.get().effect().get();
    } else if (what == 0 && !nextRound.isAfter(now)) {
      nextRound = now.plusSeconds(5);
      startRound(dice.of(replicas));
    } else if (!ready.isEmpty()) {
      start(dice.of(ready).send(dice.of(replicas)));
    } else {
      passTime();
    }
  }

  /** To the next that happens, or some way towards it. */
  private void passTime() {
    Instant next =
        robots.stream()
            .filter(robot -> !robot.rests())
            .map(Robot::again)
            .min(Comparator.naturalOrder())
            .orElse(now.plus(quiet && flights.isEmpty() ? Duration.ofHours(6) : LATE));
    Duration step = Duration.ofMillis(1 + dice.below(5000));
    now = next.isAfter(now.plus(step)) && !quiet ? now.plus(step) : max(next, now.plusMillis(1));
    if (!quiet && dice.oneIn(40)) {
      now = now.plusSeconds(dice.below(90));
    }
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private void start(Flight flight) {
    tally.begun();
    tell(flight.what + " to " + flight.replica.name);
    if (flight.proceed()) {
      flights.add(flight);
    }
  }

  /** What the worker of a process does every five seconds. */
  private void startRound(Replica at) {
    Redrive redrive = at.cases.redrive();
    start(
        new Flight(
            "worker claims",
            at,
            () -> redrive.claim(4),
            claimed -> {
              if (claimed instanceof Tape.Stand.Ended(List<?> sessions)) {
                sessions.forEach(session -> walk(at, (Session) session));
              }
            }));
  }

  private void walk(Replica at, Session session) {
    start(
        new Flight(
            "worker walks " + session.status(),
            at,
            () -> at.cases.redrive().walk(session),
            ended -> judge.noDefect(ended)));
  }

  // What the scheduler decides

  private void decide(Flight flight) {
    Question<?> question = flight.question();
    switch (quiet ? Fate.GOES_WELL : Fate.of(dice, question.part())) {
      case GOES_WELL -> flight.hear(question.effect());
      case NO_EFFECT -> {
        tally.broke(Fate.NO_EFFECT);
        tell(flight.what + ": " + question.name() + " fails");
        flight.hear(question.silence());
      }
      case NO_ANSWER -> {
        tally.broke(Fate.NO_ANSWER);
        tell(flight.what + ": the answer to " + question.name() + " is lost");
        Object _ = answerOf(question);
        flight.hear(question.silence());
      }
      case LATE -> {
        tally.broke(Fate.LATE);
        tell(flight.what + ": " + question.name() + " will happen later");
        late.add(
            new Late(now.plusMillis(dice.below((int) LATE.toMillis())), () -> answerOf(question)));
        flight.hear(question.silence());
      }
    }
    if (!flight.proceed()) {
      flights.remove(flight);
    }
  }

  /** A process is killed: what it was about to ask may still happen, what it knew is gone. */
  private void die() {
    Replica dead = dice.of(replicas);
    tally.died();
    tell(dead.name + " is killed");
    for (Flight flight : List.copyOf(flights)) {
      if (flight.replica == dead) {
        flights.remove(flight);
        if (dice.oneIn(3)) {
          Object _ = answerOf(flight.question());
        }
      }
    }
    replicas.remove(dead);
    replicas.add(begin());
  }

  /** Its effect; nobody hears what it answers. */
  private static Object answerOf(Question<?> question) {
    try {
      return question.effect().get();
    } catch (RuntimeException of) {
      return of;
    }
  }

  /** A PUT to a signed URL: it needs nobody of ours. */
  void put(UUID sessionId, int part, long bytes) {
    judge
        .session(sessionId)
        .filter(session -> session instanceof Session.Open)
        .map(session -> ((Session.Open) session).uploadId())
        .filter(uploadId -> objects.openUploads().contains(uploadId))
        .ifPresent(uploadId -> objects.put(uploadId, part, bytes));
  }

  /** What may become of one question. */
  enum Fate {
    GOES_WELL,
    NO_EFFECT,
    NO_ANSWER,
    LATE;

    static Fate of(Dice dice, Part part) {
      return switch (dice.below(24)) {
        case 0 -> NO_EFFECT;
        case 1 -> NO_ANSWER;
        case 2 -> part == Part.STORAGE ? LATE : NO_ANSWER;
        default -> GOES_WELL;
      };
    }
  }
}

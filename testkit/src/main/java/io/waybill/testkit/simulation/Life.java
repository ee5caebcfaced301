package io.waybill.testkit.simulation;

import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.storage.ObjectStore;
import io.waybill.testkit.simulation.Weather.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One life of the control plane: replicas, robots, a worker, and a scheduler that decides at every
 * question of every call. First it breaks what it may; then the world is quiet, and whatever was
 * begun has to end.
 */
final class Life {

  private static final Instant BEGINNING = Instant.parse("2026-03-14T09:26:53Z");
  private static final Duration LATE = Duration.ofSeconds(40);

  /** Longer than an upload lives, and than its cleaning up is put off. */
  private static final Duration DAY = Duration.ofHours(26);

  /** In a quiet world everything is over after so many turns, or never. */
  private static final int QUIET_TURNS = 20_000;

  final Dice dice;
  final SequentialIds ids = new SequentialIds();
  final MemoryDatabase rows = new MemoryDatabase();
  final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));

  /** The store as the servers see it. */
  final ObjectStore store;

  final Judge judge = new Judge(this);
  final Tally tally;
  private final Simulation.Plan plan;
  private final Weather weather;
  private final Site site = new Site(rows, ids);
  private final Stranger stranger = new Stranger(this, site.stranger());
  private final Flights flights = new Flights(this);
  final SignedPuts puts = new SignedPuts(this);
  final Hearts hearts = new Hearts();
  private final Worker worker = new Worker(this, BEGINNING);
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Robot> robots = new ArrayList<>();
  private final List<Late> late = new ArrayList<>();
  private Instant now = BEGINNING;
  private int born;
  private boolean quiet;

  /** An effect whose caller has long been told that there is no answer. */
  private record Late(Instant at, Runnable effect) {}

  Life(Dice dice, Simulation.Plan plan, Tally tally) {
    this.dice = dice;
    this.plan = plan;
    this.tally = tally;
    this.weather = new Weather(dice);
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

  /** From here on nothing breaks any more. */
  boolean isQuiet() {
    return quiet;
  }

  void tell(Supplier<String> line) {
    Consumer<String> story = plan.story();
    if (story != null) {
      story.accept(Duration.between(BEGINNING, now).toMillis() + " ms  " + line.get());
    }
  }

  /** A process with a clock of its own, up to two seconds beside the others'. */
  private Replica begin() {
    return new Replica("server-" + born++, this, beside());
  }

  private Duration beside() {
    return Duration.ofMillis(dice.below(4000) - 2000L);
  }

  /** Lives to the end. */
  void live() {
    for (int turn = 0; turn < plan.turns() && !isOver(); turn++) {
      turn();
    }
    quiet = true;
    tell(() -> "from here on nothing breaks");
    for (int turn = 0; !isOver() || !settled(); turn++) {
      if (turn == QUIET_TURNS) {
        throw new Broken("the world does not come to rest: " + robots + " " + flights.size());
      }
      turn();
    }
    judge.atTheEnd();
    robots.forEach(robot -> robot.isServedOnce(judge));
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
    if (!quiet && weather.kills()) {
      die(dice.of(replicas));
    } else if (!quiet && weather.cuts()) {
      cut(dice.of(replicas));
    } else {
      List<Flight> free = flights.free();
      if (free.isEmpty() || dice.oneIn(8)) {
        begin(dice.below(3));
      } else {
        decide(dice.of(free));
      }
    }
    judge.look();
  }

  private void begin(int what) {
    Late due = Pick.first(late, one -> !one.at().isAfter(now));
    Beat beat = hearts.due(now);
    if (due != null) {
      late.remove(due);
      tell(() -> "a late effect");
      due.effect().run();
    } else if (beat != null) {
      flights.start(beat.begin());
    } else if (what == 0 && worker.isDue(now)) {
      worker.startRound(dice.of(replicas));
    } else {
      List<Robot> ready = Pick.all(robots, robot -> !robot.rests() && !robot.again().isAfter(now));
      if (dice.oneIn(60)) {
        stranger.pry(dice.of(replicas));
      } else if (ready.isEmpty()) {
        passTime();
      } else {
        start(dice.of(ready).send(dice.of(replicas)));
      }
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
    Duration step = Duration.ofMillis(5000 - dice.below(5000));
    boolean walks = !flights.isEmpty() || !quiet;
    now = next.isAfter(now.plus(step)) && walks ? now.plus(step) : max(next, now.plusMillis(1));
    if (!quiet && dice.oneIn(40)) {
      now = now.plusSeconds(dice.below(90));
    }
    flights.giveUp(now);
    if (!quiet && dice.oneIn(150) && robots.stream().noneMatch(Robot::waits)) {
      tell(() -> "a day goes by"); // not while somebody repeats a request: its key lives an hour
      now = now.plus(DAY);
    }
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  void start(Flight flight) {
    tally.begun();
    tell(() -> flight.what + " to " + flight.replica.name);
    flights.start(flight);
  }

  void later(Runnable effect) {
    late.add(new Late(now.plusMillis(dice.below((int) LATE.toMillis())), effect));
  }

  private void decide(Flight flight) {
    Fate fate = quiet ? Fate.GOES_WELL : fateOf(flight);
    if (fate != Fate.GOES_WELL) {
      tally.broke(flight, fate);
      tell(() -> flight.what + ": " + flight.question().name() + " has " + fate);
    }
    flights.decide(flight, fate);
  }

  private Fate fateOf(Flight flight) {
    Question<?> question = flight.question();
    return flight.replica.isCutFrom(question.part(), now) ? Fate.NO_EFFECT : weather.fate(question);
  }

  private void die(Replica dead) {
    tally.died();
    tell(() -> dead.name + " is killed");
    flights.die(dead, dice);
    hearts.stop(dead);
    replicas.remove(dead);
    replicas.add(begin());
  }

  /** A process loses sight of the database or the store for a while, or its clock jumps. */
  private void cut(Replica one) {
    switch (dice.below(3)) {
      case 0 -> one.setClock(beside());
      case 1 -> one.cutFrom(Question.Part.DATABASE, now.plusSeconds(dice.below(60)));
      default -> one.cutFrom(Question.Part.STORAGE, now.plusSeconds(dice.below(60)));
    }
    tally.cut();
    tell(() -> one.name + " loses sight of something, or of the time");
  }
}

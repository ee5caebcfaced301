package io.waybill.simulator;

import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.storage.ObjectStore;
import io.waybill.simulator.Weather.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

  /** How far time leaps where nobody has anything to do. */
  private static final Duration LEAP = Duration.ofHours(6);

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
  private final Flights flights = new Flights(this);
  final SignedPuts puts = new SignedPuts(this);
  final Hearts hearts = new Hearts();
  final Bans bans = new Bans();
  final Quota quota = new Quota(this);
  final Inventory inventory = new Inventory(this);
  private final Worker worker = new Worker(this, BEGINNING);
  final Broker broker;
  private final Way way;
  private final Servers servers;
  private final Robots robots;
  private final People people;
  private final List<Late> late = new ArrayList<>();
  private Instant now = BEGINNING;
  private boolean quiet;

  /** An effect whose caller has long been told that there is no answer. */
  private record Late(Instant at, Runnable effect) {}

  Life(Dice dice, Simulation.Plan plan, Tally tally) {
    this.dice = dice;
    this.plan = plan;
    this.tally = tally;
    this.weather = new Weather(dice);
    this.store = plan.store().apply(objects);
    this.broker = new Broker(dice, rows::remembers);
    this.way = plan.way() == null ? Way.drawn(dice) : plan.way();
    this.servers = new Servers(this, plan.replicas(), way == Way.MQTT);
    this.robots = new Robots(this, site, plan.robots(), device -> way.of(this, device));
    this.people = new People(this, site, way, robots::atWork);
  }

  Replica anyReplica() {
    return servers.any();
  }

  /** For how long it has lived. */
  Duration age() {
    return Duration.between(BEGINNING, now);
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
      story.accept(age().toMillis() + " ms  " + line.get());
    }
  }

  /** Lives to the end. */
  void live() {
    tell(() -> "robots come over " + way);
    for (int turn = 0; turn < plan.turns() && !isOver(); turn++) {
      turn();
    }
    quiet = true;
    broker.calm();
    tell(() -> "from here on nothing breaks");
    for (int turn = 0; !isOver() || !settled(); turn++) {
      if (turn == QUIET_TURNS) {
        throw new Broken(
            "the world does not come to rest: %s, %d calls, answers are owed: %s"
                .formatted(robots, flights.size(), judge.owed()));
      }
      turn();
    }
    people.tidyOnceMore();
    judge.atTheEnd();
    robots.areServedOnce(judge, people.retries());
    people.areServedOnce();
  }

  private boolean isOver() {
    return flights.isEmpty() && broker.isIdle() && robots.rest() && people.rest();
  }

  /** Whether nothing is left for the worker: no session will ever be due. */
  private boolean settled() {
    return late.isEmpty()
        && judge.owed().isEmpty()
        && judge.sessions().stream().allMatch(session -> session.dueAt().isEmpty())
        && inventory.isAtRest(judge.sessions());
  }

  private void turn() {
    if (!quiet && weather.kills()) {
      Replica dead = servers.kill();
      flights.die(dead, dice);
      hearts.stop(dead);
    } else if (!quiet && weather.cuts()) {
      servers.cut();
    } else {
      goOn();
    }
    judge.look();
  }

  private void goOn() {
    List<Flight> free = flights.free();
    if ((free.isEmpty() && broker.isIdle()) || dice.oneIn(8)) {
      begin(dice.below(3));
    } else if (!broker.isIdle() && (free.isEmpty() || dice.oneIn(3))) {
      broker.step();
    } else {
      decide(dice.of(free));
    }
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
      worker.startRound(servers.any());
    } else if (!people.act()) {
      List<Robot> ready = robots.ready(now);
      if (ready.isEmpty()) {
        passTime();
      } else {
        dice.of(ready).speak();
      }
    }
  }

  /** To the next that happens, or some way towards it. */
  private void passTime() {
    Instant next =
        robots
            .next()
            .orElse(now.plus(quiet && flights.isEmpty() && judge.owed().isEmpty() ? LEAP : LATE));
    Duration step = Duration.ofMillis(5000 - dice.below(5000));
    boolean walks = !flights.isEmpty() || !quiet;
    now = next.isAfter(now.plus(step)) && walks ? now.plus(step) : max(next, now.plusMillis(1));
    if (!quiet && dice.oneIn(40)) {
      now = now.plusSeconds(dice.below(90));
    }
    flights.giveUp(now);
    if (!quiet && dice.oneIn(150) && nothingIsAsked()) {
      tell(() -> "a day goes by");
      now = now.plus(DAY);
    }
  }

  /** A request's key lives an hour: what comes again after a day is another request. */
  private boolean nothingIsAsked() {
    return flights.isEmpty()
        && broker.isEmpty()
        && judge.owed().isEmpty()
        && !robots.isOneWaiting();
  }

  private static Instant max(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  void start(Flight flight) {
    tally.begun();
    tell(() -> flight + " to " + flight.replica.name);
    flights.start(flight);
  }

  /** It begins when the scheduler wants. */
  void put(Flight flight) {
    flights.put(flight);
  }

  void later(Runnable effect) {
    late.add(new Late(now.plusMillis(dice.below((int) LATE.toMillis())), effect));
  }

  private void decide(Flight flight) {
    Fate fate = quiet ? Fate.GOES_WELL : fateOf(flight);
    if (fate != Fate.GOES_WELL) {
      tally.broke(flight, flights.stateOf(flight), fate);
      tell(() -> flight + ": " + flight.question().name() + " has " + fate);
    }
    flights.decide(flight, fate);
  }

  private Fate fateOf(Flight flight) {
    Question<?> question = flight.question();
    return flight.replica.isCutFrom(question.part(), now) ? Fate.NO_EFFECT : weather.fate(question);
  }
}

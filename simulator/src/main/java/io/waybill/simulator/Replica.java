package io.waybill.simulator;

import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.work.Ports;
import io.waybill.simulator.Question.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process with a clock of its own: what its use cases ask is a question of their call. */
final class Replica {

  final String name;
  private final Life life;
  private final Map<Part, Instant> cuts = new EnumMap<>(Part.class);
  private Duration skew;
  private @Nullable Flight running;
  private @Nullable HttpDoor http;
  private @Nullable GatewayDoor gateway;
  private Broker.@Nullable Session session;
  private boolean dead;
  final UseCases cases;

  Replica(String name, Life life, Duration skew) {
    this.name = name;
    this.life = life;
    this.skew = skew;
    this.cases =
        UseCases.over(
            new Ports<Stores>(
                new Connections(life.rows, this::running),
                new AskedStore(life.store, this::running),
                new MemorySigner(),
                life.ids,
                () -> life.now().plus(this.skew),
                this::beating),
            UseCases.Settings.DEFAULT);
  }

  /** Its door to HTTP; most lives need none, and it is much work to make. */
  HttpDoor http() {
    if (http == null) {
      http = new HttpDoor(cases, life.ids, new FlightWaits(life, this));
    }
    return http;
  }

  /** Opens its door to the broker, with a session that may be another's before. */
  void openGateway(Broker.Session with) {
    session = with;
    gateway =
        new GatewayDoor(
            cases, work -> turn(with.delivering(), work), new FlightWaits(life, this), with);
  }

  /** What is asked of its gateway it does in a turn, or in the one that it takes already. */
  private void turn(@Nullable Wish asked, Runnable work) {
    if (asked == null) {
      turn("goes on with what waited", null, work);
    } else {
      turn("is asked to " + asked.goal(), asked.about().known(), work);
    }
  }

  /** What its gateway does, it does in a call of its own; a dead one does nothing. */
  private void turn(String what, @Nullable UUID session, Runnable work) {
    if (!dead) {
      life.put(
          new Flight("a gateway", what, this, done(work), life.judge::noDefect).about(session));
    }
  }

  private static Supplier<Boolean> done(Runnable work) {
    return () -> {
      work.run();
      return true;
    };
  }

  Broker.@Nullable Session session() {
    return session;
  }

  /** Gives what dead gateways owe. */
  void payOwedAnswers() {
    if (gateway != null) {
      turn("pays what is owed", null, gateway::payOwedAnswers);
    }
  }

  /** Its connection to the broker is lost and made again. */
  void reconnect() {
    if (gateway != null) {
      gateway.reconnect();
    }
  }

  /** Whatever it still hears of, it does nothing any more. */
  void die() {
    dead = true;
  }

  /** A call of this process goes on from here. */
  void runs(Flight flight) {
    running = flight;
  }

  Flight running() {
    return Objects.requireNonNull(running, "no call is running");
  }

  /** Its clock is set, or jumps. */
  void setClock(Duration beside) {
    skew = beside;
  }

  /** It does not reach that part of the world for a while. */
  void cutFrom(Part part, Instant until) {
    cuts.put(part, until);
  }

  boolean isCutFrom(Part part, Instant now) {
    return now.isBefore(cuts.getOrDefault(part, Instant.MIN));
  }

  /** The heart beats in a call of its own; the work ends only when no beat is under way. */
  private <T> T beating(Supplier<T> work, Supplier<Boolean> renew) {
    Beat beat = life.hearts.add(new Beat(this, renew, life.now()));
    try {
      return work.get();
    } finally {
      beat.end();
      if (beat.isUnderWay()) {
        running().await("the heart", () -> !beat.isUnderWay(), life.now());
      }
    }
  }
}

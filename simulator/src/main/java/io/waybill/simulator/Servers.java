package io.waybill.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Our processes: they are begun, killed, cut off from parts of the world, and their clocks jump.
 */
final class Servers {

  private final Life life;
  private final List<Replica> replicas = new ArrayList<>();
  private int born;

  /** So many, each with a door to the broker where somebody speaks through it. */
  Servers(Life life, int count, boolean withGateways) {
    this.life = life;
    for (int i = 0; i < count; i++) {
      Replica replica = begin();
      if (withGateways) {
        replica.openGateway(life.broker.join());
      }
    }
  }

  private Replica begin() {
    Replica replica = new Replica("server-" + born++, life, beside());
    replicas.add(replica);
    return replica;
  }

  /** Up to two seconds beside the others. */
  private Duration beside() {
    return Duration.ofMillis(life.dice.below(4000) - 2000L);
  }

  Replica any() {
    return life.dice.of(replicas);
  }

  /** Kills one; another takes its place, and perhaps what the broker kept for it. */
  Replica kill() {
    Replica dead = any();
    life.tally.died();
    life.tell(() -> dead.name + " is killed");
    dead.die();
    replicas.remove(dead);
    Replica heir = begin();
    Broker.Session session = dead.session();
    if (session != null) {
      boolean isLost = life.dice.oneIn(3);
      session.breakOff();
      if (isLost) {
        session.end();
      }
      heir.openGateway(isLost ? life.broker.join() : session);
    }
    return dead;
  }

  /** One loses sight of something for a while, or of the time. */
  void cut() {
    Replica one = any();
    Instant back = life.now().plusSeconds(life.dice.below(60));
    switch (life.dice.below(4)) {
      case 0 -> one.setClock(beside());
      case 1 -> one.cutFrom(Question.Part.DATABASE, back);
      case 2 -> one.cutFrom(Question.Part.STORAGE, back);
      default -> one.reconnect();
    }
    life.tally.cut();
    life.tell(() -> one.name + " loses sight of something, or of the time");
  }
}

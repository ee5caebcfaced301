package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.upload.Session;
import io.waybill.simulator.Weather.Fate;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes of transactions that stand in each other's way. */
class DeadlockTest {

  private final Tally tally = new Tally();
  private final Life life =
      new Life(
          Dice.given(), new Simulation.Plan(1, 0, 0, null, UnaryOperator.identity(), null), tally);
  private final Replica server = new Replica("server", life, Duration.ZERO);
  private final Connections database = new Connections(life.rows, server::running);
  private final Flights flights = new Flights(life);
  private final World world = World.of(new SequentialIds());
  private final List<UUID> sessions = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();

  DeadlockTest() {
    var task = Uploads.task(world, 2, World.BEGINNING);
    life.rows.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    task.sessions().forEach(session -> sessions.add(session.upload().sessionId()));
  }

  /** A call that locks two sessions, one after the other. */
  private Flight locking(String name, UUID first, UUID second) {
    return new Flight(
        name,
        "locks",
        server,
        () ->
            database.<Session>write(tx -> {
              tx.sessions().lock(world.tenantId(), first);
              return Verdict.ok(tx.sessions().lock(world.tenantId(), second).orElseThrow());
            }),
        end -> ended.add(name));
  }

  private void goOn(Flight flight) {
    flights.decide(flight, Fate.GOES_WELL);
  }

  private void finish() {
    while (!flights.free().isEmpty()) {
      goOn(flights.free().getFirst());
    }
  }

  @Test
  void who_wants_anothers_row_waits_until_it_is_let_go() {
    Flight one = locking("one", sessions.get(0), sessions.get(1));
    Flight other = locking("other", sessions.get(0), sessions.get(1));
    flights.start(one);
    flights.start(other);
    goOn(one);

    goOn(other);
    assertThat(other.isHeld()).isTrue();
    assertThat(flights.free()).containsExactly(one);

    finish();
    assertThat(ended).containsExactly("one", "other");
    assertThat(tally.deadlocks()).isZero();
  }

  @Test
  void who_closes_a_circle_of_waiting_lets_go_and_begins_again() {
    Flight one = locking("one", sessions.get(0), sessions.get(1));
    Flight other = locking("other", sessions.get(1), sessions.get(0));
    eachHasItsFirst(one, other);

    goOn(one);
    assertThat(one.isHeld()).isTrue();
    goOn(other);
    assertThat(tally.deadlocks()).isEqualTo(1);
    assertThat(one.isHeld()).as("the other has let go").isFalse();

    finish();
    assertThat(ended).containsExactly("one", "other");
  }

  @Test
  void who_waits_too_long_is_given_up_and_its_rows_are_free() {
    Flight one = locking("one", sessions.get(0), sessions.get(1));
    Flight other = locking("other", sessions.get(1), sessions.get(0));
    eachHasItsFirst(one, other);
    goOn(one);

    flights.giveUp(life.now().plusSeconds(6));

    assertThat(ended).as("told that the database is away").containsExactly("one");
    finish();
    assertThat(ended).containsExactly("one", "other");
  }

  /** Each holds the row that the other wants next. */
  private void eachHasItsFirst(Flight one, Flight other) {
    flights.start(one);
    flights.start(other);
    goOn(one);
    goOn(other);
  }
}

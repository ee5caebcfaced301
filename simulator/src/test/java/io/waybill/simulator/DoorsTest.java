package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.core.upload.Session;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Devices get their files off through gateways that die and a broker that loses messages. */
class DoorsTest {

  private static final int DEVICES = 4;
  private static final int GATEWAYS = 2;
  private static final int TROUBLED_TURNS = 400;
  private static final int TURNS_AT_MOST = 100_000;

  /** One process, and the session that its broker keeps for it. */
  private record Gate(WaitingShift shift, GatewayDoor door, Broker.Session session) {}

  private static final class Life {
    final Random random;
    final Broker broker;
    final Site site;
    final List<Gate> gates = new ArrayList<>();
    final List<MqttDevice> devices = new ArrayList<>();
    final StringBuilder story = new StringBuilder();
    private Instant nextRound;

    Life(long seed) {
      random = new Random(seed);
      broker = new Broker(random::nextInt);
      site = new Site(random::nextInt);
      nextRound = site.time.instant();
      for (int i = 0; i < GATEWAYS; i++) {
        gates.add(begin(broker.join()));
      }
      for (int i = 0; i < DEVICES; i++) {
        devices.add(new MqttDevice(site.device(i), site.project(), broker, site::put));
      }
    }

    Gate begin(Broker.Session session) {
      WaitingShift shift = new WaitingShift(site.time);
      return new Gate(shift, new GatewayDoor(site.useCases(shift), shift, shift, session), session);
    }

    boolean isOver() {
      return devices.stream().allMatch(MqttDevice::rests)
          && broker.isIdle()
          && gates.stream().allMatch(gate -> gate.door().inside() == 0);
    }

    void live() {
      for (int turn = 0; !isOver(); turn++) {
        assertThat(turn).as("it comes to an end: %s", story).isLessThan(TURNS_AT_MOST);
        if (turn == TROUBLED_TURNS) {
          broker.calm();
        } else if (turn < TROUBLED_TURNS && random.nextInt(60) == 0) {
          trouble();
        }
        turn();
      }
    }

    private void turn() {
      devices.forEach(device -> device.speak(site.time.instant()));
      broker.step();
      gates.forEach(gate -> gate.shift().run());
      if (!site.time.instant().isBefore(nextRound)) {
        nextRound = site.time.instant().plusSeconds(5);
        gates.forEach(gate -> gate.shift().execute(gate.door()::payOwedAnswers));
      }
      site.time.advance(Duration.ofMillis(1 + random.nextInt(broker.isIdle() ? 1000 : 20)));
    }

    /** A connection is lost; a process dies and comes back to its session, or to a new one. */
    private void trouble() {
      Gate gate = gates.get(random.nextInt(gates.size()));
      int what = random.nextInt(3);
      story.append(what).append(' ');
      if (what == 0) {
        gate.door().reconnect();
        return;
      }
      gate.shift().die();
      gate.session().breakOff();
      gates.remove(gate);
      if (what == 1) {
        gates.add(begin(gate.session()));
      } else {
        gate.session().end();
        gates.add(begin(broker.join()));
      }
    }
  }

  static List<Long> seeds() {
    return new Random(7).longs(30).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void every_device_is_answered_and_every_file_is_sent_once(long seed) {
    Life life = new Life(seed);
    life.live();

    assertThat(life.devices).extracting(MqttDevice::end).containsOnly("COMPLETED");
    assertThat(life.site.sessions()).as("uploads").hasSize(DEVICES);
    for (UUID session : life.site.sessions()) {
      assertThat(life.site.session(session)).isInstanceOf(Session.Completed.class);
    }
  }

  @Test
  void the_same_seed_tells_the_same_story() {
    Life one = new Life(42);
    Life again = new Life(42);
    one.live();
    again.live();

    assertThat(again.story.toString()).isEqualTo(one.story.toString());
    assertThat(again.site.time.instant()).isEqualTo(one.site.time.instant());
    assertThat(again.site.sessions()).isEqualTo(one.site.sessions());
  }

  @Test
  void who_calls_over_http_without_a_right_to_anything_is_told_so() {
    Site site = new Site(bound -> 0);
    WaitingShift shift = new WaitingShift(site.time);
    HttpDoor door = new HttpDoor(site.useCases(shift), site.ids, shift);
    List<HttpAnswer> answers = new ArrayList<>();
    shift.execute(() ->
        answers.add(
            door.ask(
                new HttpDoor.Caller("nobody's", "r-1", null),
                "GET",
                "/v1/projects/" + site.project(),
                "")));
    shift.run();
    shift.runAfter(Duration.ofSeconds(1));

    assertThat(answers.getFirst().status()).isEqualTo(401);
    assertThat(new String(answers.getFirst().body(), StandardCharsets.UTF_8))
        .contains("\"request_id\":\"r-1\"");
  }
}

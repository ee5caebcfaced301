package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The process dies after every commit and before and after every storage call, one place at a time
 * and then two; the call is repeated with the same key, or a worker comes first, or nobody but the
 * worker ever comes. Every time there is one effect.
 */
class CrashMatrixTest {

  private static final Duration LEASE_IS_OVER = Duration.ofSeconds(61);
  private static final Set<ErrorCode> WAIT =
      Set.of(
          ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
          ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS,
          ErrorCode.UPLOAD_ABORT_IN_PROGRESS);

  /** Names of the places that a call passes when nothing happens to it. */
  private static List<String> places(CrashScenario scenario) {
    World world = new World();
    CrashScenario.Staged staged = scenario.stage(world);
    world.points.arm(Integer.MAX_VALUE);
    value(staged.call(world));
    world.points.disarm();
    return world.points.passed();
  }

  /** Whether the call died at that place; else it ended before it came there. */
  private static boolean diesAt(int place, World world, CrashScenario.Staged staged) {
    world.points.arm(place);
    try {
      var _ = staged.call(world);
      return false;
    } catch (Halt halt) {
      return true;
    } finally {
      world.points.disarm();
    }
  }

  private static void repeatedCallHasOneEffect(World world, CrashScenario.Staged staged) {
    if (staged.call(world) instanceof Verdict.Refused<?>(Refusal refusal)) {
      assertThat(refusal.code()).isIn(WAIT);
      assertThat(refusal.retryAfterSeconds()).isPositive();
      world.advance(LEASE_IS_OVER);
    }
    Object answer = value(staged.call(world));
    assertThat(value(staged.call(world))).isEqualTo(answer);
    staged.check(world);
    world.advance(LEASE_IS_OVER);
    world.redriveAll();
    staged.check(world);
    assertThat(value(staged.call(world))).isEqualTo(answer);
  }

  private static void workerComesFirst(World world) {
    world.advance(LEASE_IS_OVER);
    world.redriveAll();
  }

  @TestFactory
  Stream<DynamicTest> one_death() {
    List<DynamicTest> tests = new ArrayList<>();
    for (CrashScenario scenario : CrashScenario.values()) {
      List<String> places = places(scenario);
      assertThat(places).as("%s calls storage and commits twice", scenario).hasSizeGreaterThan(3);
      for (int i = 0; i < places.size(); i++) {
        int place = i;
        String death = scenario.title + " dies " + places.get(i) + " (" + i + ")";
        tests.add(
            DynamicTest.dynamicTest(
                death + ", and is repeated",
                () -> {
                  World world = new World();
                  CrashScenario.Staged staged = scenario.stage(world);
                  assertThat(diesAt(place, world, staged)).isTrue();
                  repeatedCallHasOneEffect(world, staged);
                }));
        tests.add(
            DynamicTest.dynamicTest(
                death + ", a worker comes first, and it is repeated",
                () -> {
                  World world = new World();
                  CrashScenario.Staged staged = scenario.stage(world);
                  assertThat(diesAt(place, world, staged)).isTrue();
                  workerComesFirst(world);
                  staged.check(world);
                  repeatedCallHasOneEffect(world, staged);
                }));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> two_deaths() {
    return Stream.of(CrashScenario.values())
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.title + " dies at any two places",
                () -> {
                  int places = places(scenario).size();
                  for (int first = 0; first < places; first++) {
                    for (int second = 0; second < places + 2; second++) {
                      World world = new World();
                      CrashScenario.Staged staged = scenario.stage(world);
                      assertThat(diesAt(first, world, staged)).isTrue();
                      world.advance(LEASE_IS_OVER);
                      diesAt(second, world, staged);
                      world.advance(LEASE_IS_OVER);
                      repeatedCallHasOneEffect(world, staged);
                    }
                  }
                }));
  }

  @TestFactory
  Stream<DynamicTest> a_worker_that_dies_over_what_a_dead_call_left() {
    return Stream.of(CrashScenario.values())
        .map(scenario ->
            DynamicTest.dynamicTest(
                scenario.title + " dies, and so does the worker",
                () -> {
                  int places = places(scenario).size();
                  for (int first = 0; first < places; first++) {
                    for (int second = 0; second < 10; second++) {
                      World world = new World();
                      CrashScenario.Staged staged = scenario.stage(world);
                      assertThat(diesAt(first, world, staged)).isTrue();
                      world.advance(LEASE_IS_OVER);
                      workerDiesAt(second, world);
                      workerComesFirst(world);
                      staged.check(world);
                      repeatedCallHasOneEffect(world, staged);
                    }
                  }
                }));
  }

  private static void workerDiesAt(int place, World world) {
    world.points.arm(place);
    try {
      world.redriveAll();
    } catch (Halt halt) {
      assertThat(halt).isNotNull();
    } finally {
      world.points.disarm();
    }
  }
}

package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is halted after every commit and after every storage call of create, complete, abort
 * and retry, on PostgreSQL and on the store; the call is repeated, or a worker comes first, or
 * nobody but the worker ever comes. Every time there is one effect, that of an undisturbed call.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaltedProcessTest {
  private static final Scenario[] CALLS = {
    Scenario.CREATE,
    Scenario.CREATE_THREE,
    Scenario.CREATE_WITH_URLS,
    Scenario.COMPLETE,
    Scenario.COMPLETE_TWO_PARTS,
    Scenario.ABORT,
    Scenario.RETRY
  };
  private static final Scenario[] SMALL_CALLS = {
    Scenario.CREATE, Scenario.CREATE_THREE, Scenario.COMPLETE, Scenario.ABORT, Scenario.RETRY
  };
  private static final Duration NOW = Duration.ZERO;
  private static final Duration LATER = Bench.LATER;
  private static final Duration STILL_LATER = LATER.multipliedBy(2);
  private static final Set<ErrorCode> WAIT =
      Set.of(
          ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
          ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS,
          ErrorCode.UPLOAD_ABORT_IN_PROGRESS);

  private Bench bench;

  @BeforeAll
  void open(@TempDir Path folder) {
    bench = new Bench(folder);
  }

  @AfterAll
  void close() {
    bench.close();
  }

  @TestFactory
  Stream<DynamicTest> dies_and_is_repeated() {
    List<Victim> victims = bench.stageAll(CALLS);
    bench.allDie(victims, NOW);
    return sequence(
        List.of(
            each(victims, "is repeated at once", victim -> succeedsOrWaits(victim, NOW)),
            each(victims, "is repeated later", victim -> hasOneEffect(victim, LATER, 0)),
            one("what is counted is what is there", this::nothingDrifts),
            one("a worker comes", () -> bench.redriveAll(STILL_LATER)),
            each(victims, "still has one effect", victim -> hasOneEffect(victim, STILL_LATER, 0)),
            one("all is given up", () -> victims.forEach(bench::giveUp)),
            one("what is counted is still what is there", this::nothingDrifts)));
  }

  @TestFactory
  Stream<DynamicTest> dies_and_a_worker_comes_before_it_is_repeated() {
    List<Victim> victims = bench.stageAll(CALLS);
    bench.allDie(victims, NOW);
    return sequence(
        List.of(
            one("what is counted is what is there", this::nothingDrifts),
            one("a worker comes", () -> bench.redriveAll(LATER)),
            each(victims, "is at its end", victim -> isSettled(victim, 0)),
            each(victims, "is repeated", victim -> hasOneEffect(victim, LATER, 0)),
            one("all is given up", () -> victims.forEach(bench::giveUp)),
            one("what is counted is still what is there", this::nothingDrifts)));
  }

  /** The dead process's clock was an hour slow, so that nobody has to wait for its leases. */
  @TestFactory
  Stream<DynamicTest> dies_and_nobody_but_a_live_control_api_ever_comes() {
    List<Victim> victims = bench.stageAll(CALLS);
    bench.allDie(victims, Duration.ofHours(-1));
    try (Program api =
        bench.site().controlApi(Map.of(WorkerSetting.PERIOD_SECONDS.variable(), "1"))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> bench.effects().unfinished() == 0);
      assertThat(api.stop()).as(api.output()).isIn(0, 143);
    }
    return sequence(
        List.of(
            each(victims, "is at its end", victim -> isSettled(victim, 0)),
            each(victims, "is repeated after all", victim -> hasOneEffect(victim, NOW, 0)),
            one("all is given up", () -> victims.forEach(bench::giveUp)),
            one("what is counted is still what is there", this::nothingDrifts)));
  }

  @TestFactory
  Stream<DynamicTest> dies_and_dies_again_when_it_is_repeated() {
    List<Victim> first = new ArrayList<>();
    List<Victim> second = new ArrayList<>();
    for (Scenario scenario : SMALL_CALLS) {
      for (int place : bench.places(scenario)) {
        for (int again = 1; again <= bench.undisturbed(scenario).places().size(); again++) {
          Victim victim = bench.stage(scenario, place);
          first.add(victim);
          second.add(victim.dyingAt(again));
        }
      }
    }
    bench.allDie(first, NOW);
    bench.die(second, LATER);
    return sequence(
        List.of(
            each(first, "and again, is repeated", victim -> hasOneEffect(victim, STILL_LATER, 3)),
            one("all is given up", () -> first.forEach(bench::giveUp))));
  }

  @TestFactory
  Stream<DynamicTest> dies_and_the_worker_dies_over_it() {
    List<Victim> victims = new ArrayList<>();
    for (Scenario scenario : List.of(Scenario.CREATE, Scenario.COMPLETE, Scenario.ABORT)) {
      for (int place : bench.places(scenario)) {
        for (int copy = 0; copy < WorkerPlaces.MOST; copy++) {
          victims.add(bench.stage(scenario, place));
        }
      }
    }
    bench.allDie(victims, NOW);
    List<Victim> workers = new WorkerPlaces().of(bench.effects().due(LATER));
    assertThat(workers).as("workers that die").hasSizeGreaterThan(30);
    bench.die(workers, LATER);
    return sequence(
        List.of(
            one("what is counted is what is there", this::nothingDrifts),
            one("a worker comes", () -> bench.redriveAll(STILL_LATER)),
            each(victims, "is at its end", victim -> isSettled(victim, 1)),
            each(victims, "is repeated", victim -> hasOneEffect(victim, STILL_LATER, 1)),
            one("all is given up", () -> victims.forEach(bench::giveUp)),
            one("what is counted is still what is there", this::nothingDrifts)));
  }

  private void succeedsOrWaits(Victim victim, Duration clockOffset) {
    if (bench.call(victim, clockOffset) instanceof Verdict.Refused<?>(Refusal refusal)) {
      assertThat(refusal.code()).isIn(WAIT);
      assertThat(refusal.retryAfterSeconds()).isPositive();
    }
  }

  private void hasOneEffect(Victim victim, Duration clockOffset, int moreOrphans) {
    Bench.Undisturbed undisturbed = bench.undisturbed(victim.scenario());
    Verdict<?> answer = bench.call(victim, clockOffset);
    assertThat(Effects.answer(answer)).isEqualTo(undisturbed.answer());
    if (victim.scenario() != Scenario.CREATE_WITH_URLS) {
      assertThat(Effects.text(bench.call(victim, clockOffset))).isEqualTo(Effects.text(answer));
    }
    assertThat(bench.effects().rows(victim.name())).isEqualTo(undisturbed.rows());
    assertThat(bench.effects().facts(victim.name())).isEqualTo(undisturbed.facts());
    storeHasOneEffect(victim, moreOrphans);
  }

  /** One upload for each open session, none for any other, and one object where there is one. */
  private void storeHasOneEffect(Victim victim, int moreOrphans) {
    int orphans = 0;
    for (Effects.Stored session : bench.effects().sessions(victim.name())) {
      Set<String> uploads = bench.store().idsOf(session.key());
      if (session.isOpen()) {
        assertThat(uploads).as("carried by the session").contains(session.uploadId());
        orphans += uploads.size() - 1;
      } else {
        assertThat(bench.store().hasRemainsOf(session.key())).as("parts of no upload").isFalse();
      }
      boolean isDone = session.status().equals("COMPLETED");
      assertThat(bench.store().hasObject(session.key())).isEqualTo(isDone);
      if (isDone) {
        assertThat(bench.store().object(session.key())).isEqualTo(victim.bytes());
      }
    }
    // A process that dies with an upload id in hand leaves the upload behind: only the store knows.
    int lost = bench.lostUploads(victim);
    assertThat(orphans).isBetween(lost, lost + moreOrphans);
  }

  /** No intent is left, and what must have ended has ended. */
  private void isSettled(Victim victim, int moreOrphans) {
    List<String> states =
        bench.effects().sessions(victim.name()).stream().map(Effects.Stored::status).toList();
    assertThat(states)
        .isNotEmpty()
        .isSubsetOf("INITIATED", "UPLOADING", "COMPLETED", "ABORTED")
        .satisfies(all ->
            assertThat(all.contains("COMPLETED")).isEqualTo(victim.scenario().endsWithObject()));
    storeHasOneEffect(victim, moreOrphans);
  }

  @FunctionalInterface
  private interface Step {
    void on(Victim victim);
  }

  private Stream<DynamicTest> each(List<Victim> victims, String what, Step step) {
    return victims.stream()
        .map(victim ->
            DynamicTest.dynamicTest(bench.died(victim) + ", " + what, () -> step.on(victim)));
  }

  private void nothingDrifts() {
    assertThat(bench.drifts()).isEmpty();
  }

  private static Stream<DynamicTest> one(String what, Runnable step) {
    return Stream.of(DynamicTest.dynamicTest(what, step::run));
  }

  private static Stream<DynamicTest> sequence(List<Stream<DynamicTest>> steps) {
    return steps.stream().flatMap(step -> step);
  }
}

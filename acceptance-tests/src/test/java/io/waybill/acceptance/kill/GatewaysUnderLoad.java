package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways on one share group, and one of them dies under load. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewaysUnderLoad {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration NEVER = Duration.ofHours(1);
  private static final int MOST_TURNS = 100;
  static final int ROUNDS = Scale.times(10);

  final List<Program> gateways = new ArrayList<>();
  private Path folder = Path.of("");
  private Site site;

  abstract Site open(Path folder);

  /** Starts the first or the second gateway. */
  abstract Program gateway(Site site, int number);

  final Site site() {
    return site;
  }

  final Path folder() {
    return folder;
  }

  @BeforeAll
  void openBoth(@TempDir Path temporary) {
    folder = temporary;
    site = open(temporary);
    gateways.add(gateway(site, 0));
    gateways.add(gateway(site, 1));
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void one_of_two_is_killed_and_every_request_is_answered_and_done_once() {
    try (Device robot17 = robot17(SOON);
        Device robot18 = robot18(SOON)) {
      for (int kill = 0; kill < Scale.times(1); kill++) {
        loadUntilBothWork("warm-" + kill, List.of(robot17, robot18));
        Load load = Load.start("killed-" + kill, List.of(robot17, robot18), ROUNDS);
        load.awaitMiddle();
        gateways.get(kill % 2).kill();
        load.join();

        wasDoneOnce(load);
        gateways.set(kill % 2, gateway(site, kill % 2));
      }
    }
  }

  /** No device repeats anything here. */
  @Test
  void one_of_two_is_told_to_stop_and_answers_everything_it_has_taken() {
    try (Device robot17 = robot17(NEVER);
        Device robot18 = robot18(NEVER)) {
      for (int stop = 0; stop < Scale.times(1); stop++) {
        loadUntilBothWork("before-" + stop, List.of(robot17, robot18));
        Program stopping = gateways.get(stop % 2);
        Program staying = gateways.get(1 - stop % 2);
        // The tests before this one may have left answers to be given by others, rightly.
        int before = staying.output().length();
        Load load = Load.start("stopped-" + stop, List.of(robot17, robot18), ROUNDS);
        load.awaitMiddle();
        int exitCode = stopping.stop();
        load.join();

        assertThat(exitCode).as(stopping.output()).isIn(0, 143);
        assertThat(stopping.output()).endsWith("stopped\n");
        assertThat(staying.output().substring(before))
            .as("it left no answer to the other")
            .doesNotContain("that another gateway owed");
        wasDoneOnce(load);
        gateways.set(stop % 2, gateway(site, stop % 2));
      }
    }
  }

  private void wasDoneOnce(Load load) {
    String like = load.name() + "-%";
    assertThat(
            site.database()
                .count(
                    "select count(distinct task_name) from upload_tasks where task_name like ?",
                    like))
        .isEqualTo(load.tasks());
    assertThat(
            site.database().count("select count(*) from upload_tasks where task_name like ?", like))
        .as("tasks made by %d creates, however often each was asked for", load.tasks())
        .isEqualTo(load.tasks());
  }

  /** A broker may give all to one of them for a while, and to kill an idle one proves nothing. */
  private void loadUntilBothWork(String name, List<Device> devices) {
    for (int turn = 0; turn < MOST_TURNS && !gateways.stream().allMatch(this::hasWorked); turn++) {
      Load.start(name + "-" + turn, devices, 1).join();
    }
    wereBothAtWork();
  }

  private boolean hasWorked(Program gateway) {
    return gateway.output().contains("create_session");
  }

  private void wereBothAtWork() {
    assertThat(gateways)
        .allSatisfy(gateway -> assertThat(gateway.output()).contains("create_session"));
  }

  private Device robot17(Duration repeat) {
    return connect(
        DevelopmentIdentities.ROBOT_17, DevelopmentIdentities.ROBOT_17_CREDENTIAL, repeat);
  }

  private Device robot18(Duration repeat) {
    return connect(
        DevelopmentIdentities.ROBOT_18, DevelopmentIdentities.ROBOT_18_CREDENTIAL, repeat);
  }

  private Device connect(UUID device, String credential, Duration repeat) {
    return Device.connect(site.configuration(), device, credential, repeat);
  }
}

package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** On Debian's Mosquitto, which dies, too. */
class OnMosquittoTest extends GatewaysUnderLoad {
  private static final long SLOWLY = 1_000_000;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final List<String> NAMES = List.of("waybill-gateway", "waybill-gateway-2");

  private @Nullable Mosquitto started;

  @Override
  Site open(Path folder) {
    started = Mosquitto.start(folder.resolve("mosquitto.log"));
    return Site.openOn(broker(), folder);
  }

  @AfterAll
  void closeBroker() {
    broker().close();
  }

  private Mosquitto broker() {
    return Objects.requireNonNull(started);
  }

  @Override
  Program gateway(Site site, int number) {
    String name = NAMES.get(number);
    return site.gateway(name, Map.of(MqttSetting.USERNAME.variable(), name));
  }

  /**
   * No device repeats anything here. Not on the embedded broker: what made the gateway that stays
   * deaf there is mended ({@code ShareGroupTest}), and whole gateways under load were not counted
   * since.
   */
  @Test
  void one_of_two_is_told_to_stop_and_answers_everything_it_has_taken() {
    try (Device robot17 = robot17(NEVER);
        Device robot18 = robot18(NEVER)) {
      // The tests before this one may have left answers to be given by others, rightly.
      int before = gateways.getLast().output().length();
      Load load = Load.start("stopped", List.of(robot17, robot18), ROUNDS);
      load.awaitMiddle();
      int exitCode = gateways.getFirst().stop();
      load.join();

      assertThat(exitCode).as(gateways.getFirst().output()).isIn(0, 143);
      assertThat(gateways.getFirst().output()).endsWith("stopped\n");
      assertThat(gateways.getLast().output().substring(before))
          .as("it left no answer to the other")
          .doesNotContain("that another gateway owed");
      wasDoneOnce(load);
      wereBothAtWork();
      gateways.set(0, gateway(site(), 0));
    }
  }

  @Test
  void an_upload_outlives_the_broker() {
    Mosquitto broker = broker();
    Program api = site().controlApi();
    Sample sample = Sample.ofParts(folder().resolve("broker.mcap"), 12);
    int kills = Scale.times(2);
    site().store().pace(SLOWLY);
    Program agent =
        site()
            .agent(
                folder().resolve("broker.state"),
                Map.of(),
                "upload",
                sample.file().toString(),
                "--task-name",
                "broker",
                "--wait",
                "--connections",
                "2",
                "--part-size",
                Sample.PART_SIZE);
    for (int kill = 1; kill <= kills; kill++) {
      site().store().awaitPartBytes(kill * sample.sizeBytes() / (kills + 1), agent);
      broker.kill();
      assertThat(agent.isAlive()).as("killed in the middle; it said %s", agent.output()).isTrue();
      broker.startAgain();
    }
    site().store().pace(0);

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    site().inspector().findsOnce("broker", sample);
    assertThat(site().store().resent()).as("parts sent although they were stored").isEmpty();
    api.kill();
  }
}

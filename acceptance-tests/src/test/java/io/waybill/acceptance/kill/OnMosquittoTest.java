package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** On Debian's Mosquitto, which dies, too. */
class OnMosquittoTest extends GatewaysUnderLoad {
  private static final long SLOWLY = 1_000_000;
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

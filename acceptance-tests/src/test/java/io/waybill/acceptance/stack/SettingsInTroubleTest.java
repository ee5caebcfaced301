package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a container says when its settings or the world are wrong: one line, however often its
 * health is asked for. It ends where only people can mend it, and else goes on trying.
 */
@Timeout(300)
@ExtendWith(SharedSite.class)
class SettingsInTroubleTest {
  private static final int PROBES = 4;

  private final Site site;
  private final int port = Ports.free();
  @TempDir Path folder;

  SettingsInTroubleTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @CsvSource({
    "WAYBILL_STORAGE_BUCKET, nowhere, there is no bucket nowhere",
    "WAYBILL_STORAGE_SECRET_KEY, wrong, it does not know our key",
    "WAYBILL_DATABASE_USER, nobody-we-know, password authentication failed"
  })
  void a_wrong_setting_is_named_once_and_tried_again(String variable, String value, String said) {
    try (Program api = controlApi(Map.of(variable, value))) {
      says(api, said);
      assertThat(api.isAlive()).isTrue();
    }
  }

  @Test
  void a_clock_that_is_off_is_named_and_its_end_too() {
    try (MoodyStore store = MoodyStore.before(site)) {
      store.be(Mood.CLOCK_OFF);
      try (Program api =
          controlApi(Map.of(StorageSetting.ENDPOINT.variable(), store.address().toString()))) {
        says(api, "this machine's clock is ");
        store.be(Mood.WELL);
        api.awaitReady(port);
        assertThat(api.output()).containsOnlyOnce("storage works again");
      }
    }
  }

  @Test
  void a_gateway_that_the_broker_refuses_ends() {
    Map<String, String> wrong =
        Map.of(
            MqttSetting.PASSWORD.variable(),
            "wrong",
            GatewaySetting.HTTP_PORT.variable(),
            "" + Ports.free());
    try (Program gateway = program("gateway", wrong)) {
      assertThat(gateway.exitCode()).as(gateway.output()).isOne();
      assertThat(gateway.output())
          .containsOnlyOnce("waybill: the broker refuses the gateway: NOT_AUTHORIZED");
    }
  }

  @Test
  void a_port_that_is_taken_is_named_with_its_setting() {
    try (Program api = controlApi(Map.of(HttpSetting.PORT.variable(), "" + site.api().getPort()))) {
      assertThat(api.exitCode()).as(api.output()).isOne();
      assertThat(api.output())
          .contains("port " + site.api().getPort(), "is taken", "WAYBILL_HTTP_PORT")
          .hasLineCount(1);
    }
  }

  /** Probed as Docker does it. */
  private void says(Program program, String line) {
    try (Api probe = new Api(URI.create("http://127.0.0.1:" + port), "none")) {
      Awaitility.await(line)
          .atMost(Duration.ofMinutes(2))
          .ignoreExceptionsInstanceOf(UncheckedIOException.class)
          .until(() -> probe.get("/readyz").status() == 503 && program.output().contains(line));
      for (int more = 0; more < PROBES; more++) {
        assertThat(probe.get("/readyz").status()).isEqualTo(503);
      }
    }
    assertThat(program.output().lines().filter(said -> said.contains(line))).hasSize(1);
  }

  private Program controlApi(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put(HttpSetting.PORT.variable(), "" + port);
    environment.put(WorkerSetting.ENABLED.variable(), "false");
    environment.putAll(more);
    return program("control-api", environment);
  }

  private Program program(String command, Map<String, String> more) {
    Map<String, String> environment = site.environment();
    environment.putAll(more);
    return Program.start(
        Program.Host.server(),
        folder.resolve(command + ".log"),
        environment,
        "-Xmx128m",
        "io.waybill.server.Main",
        List.of(command));
  }
}

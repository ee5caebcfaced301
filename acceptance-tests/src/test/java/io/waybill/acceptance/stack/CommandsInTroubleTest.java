package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary trouble is a sentence with a next step, never a stack trace. */
@Timeout(900)
class CommandsInTroubleTest {
  @TempDir Path folder;
  private final int silent = Ports.free();
  private final int elsewhere = Ports.free();

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "seed"})
  void admin_without_a_database_says_what_is_wrong_and_what_to_do(String command) {
    try (Program admin = run(nowhere(), "admin", command)) {
      assertThat(admin.exitCode()).as(admin.output()).isOne();
      assertThat(admin.output())
          .startsWith("waybill: the database does not answer as it should")
          .contains("WAYBILL_DATABASE_URL")
          .hasLineCount(1);
    }
  }

  @Test
  void doctor_names_every_part_that_is_not_there() {
    try (Program doctor = run(nowhere(), "doctor")) {
      assertThat(doctor.exitCode()).as(doctor.output()).isOne();
      assertThat(doctor.output())
          .contains("FAIL  database", "FAIL  storage", "FAIL  signed URLs", "FAIL  broker")
          .contains("FAIL  API", "FAIL  gateway")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void doctor_asks_the_programs_whether_they_are_ready_and_storage_for_a_signed_part() {
    try (Up up = new Up(folder, Program.Host.OURS)) {
      up.startReady();
      try (Program doctor = run(addresses(up), "doctor")) {
        assertThat(doctor.exitCode()).as(doctor.output()).isZero();
        assertThat(doctor.output()).contains("ok    signed URLs", "ok    API", "ok    gateway");
      }
      Program api = up.program("control-api", withoutStorage(up));
      api.awaitOutput("control-api listens");
      Map<String, String> other = withoutStorage(up);
      try (Program doctor = run(other, "doctor")) {
        assertThat(doctor.exitCode()).as(doctor.output()).isOne();
        assertThat(doctor.output())
            .containsPattern("FAIL  API .*it runs and is not ready: it does not reach storage");
      }
    }
  }

  private Map<String, String> withoutStorage(Up up) {
    Map<String, String> addresses = new HashMap<>(addresses(up));
    addresses.put(StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:" + silent);
    addresses.put(HttpSetting.PORT.variable(), "" + elsewhere);
    return addresses;
  }

  private static Map<String, String> addresses(Up up) {
    return Map.of(
        DatabaseSetting.URL.variable(), up.databaseUrl(),
        StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:" + up.port("storage"),
        MqttSetting.PORT.variable(), "" + up.port("mqtt"),
        HttpSetting.PORT.variable(), "" + up.port("http"),
        GatewaySetting.HTTP_PORT.variable(), "" + up.port("gateway"));
  }

  private static Map<String, String> nowhere() {
    return Map.of(
        DatabaseSetting.URL.variable(), "jdbc:postgresql://127.0.0.1:" + Ports.free() + "/waybill",
        StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:" + Ports.free(),
        MqttSetting.PORT.variable(), "" + Ports.free(),
        HttpSetting.PORT.variable(), "" + Ports.free(),
        GatewaySetting.HTTP_PORT.variable(), "" + Ports.free());
  }

  private Program run(Map<String, String> environment, String... arguments) {
    Path log = folder.resolve(String.join("-", arguments) + System.nanoTime() + ".log");
    return Program.start(
        Program.Host.server(),
        log,
        environment,
        "-Xmx128m",
        "io.waybill.server.Main",
        List.of(arguments));
  }
}

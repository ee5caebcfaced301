package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.server.config.Configuration;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedWatchTest {
  private static final String NOWHERE = "jdbc:postgresql://127.0.0.1:1/waybill";

  @TempDir Path folder;

  @Test
  void where_the_seed_may_not_be_loaded_nobody_is_asked_and_nothing_told() {
    assertThat(SeedWatch.of(with(Map.of("WAYBILL_ENVIRONMENT", "production"))) instanceof SeedWatch)
        .isFalse();
    assertThat(SeedWatch.of(with(Map.of("WAYBILL_HTTP_HOST", "0.0.0.0"))).getAsBoolean()).isFalse();
  }

  @Test
  void a_database_that_does_not_answer_is_no_answer() {
    assertThat(SeedWatch.of(with(Map.of("WAYBILL_DATABASE_URL", NOWHERE))).getAsBoolean())
        .isFalse();
  }

  private Configuration with(Map<String, String> environment) {
    return Configuration.load(environment, folder);
  }
}

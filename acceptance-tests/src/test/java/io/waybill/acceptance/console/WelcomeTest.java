package io.waybill.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What is told to whoever has no key yet. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class WelcomeTest {

  private final Site site;

  WelcomeTest(Site site) {
    this.site = site;
  }

  @Test
  void the_seeded_key_is_told_on_the_machine_itself_and_to_nobody_behind_a_proxy() {
    try (Api anybody = new Api(site.api(), "")) {
      JsonNode here = anybody.get("/v1/welcome").ok();
      JsonNode elsewhere = anybody.with("X-Forwarded-For", "203.0.113.7").get("/v1/welcome").ok();
      JsonNode unsaid = anybody.with("Forwarded", "for=unknown").get("/v1/welcome").ok();

      assertThat(here.path("development_seed").asBoolean()).isTrue();
      assertThat(here.path("development_api_key").asString())
          .isEqualTo(DevelopmentIdentities.API_KEY);
      assertThat(here.path("storage_endpoint").asString())
          .isEqualTo(site.store().address().toString());
      for (JsonNode told : new JsonNode[] {elsewhere, unsaid}) {
        assertThat(told.path("development_seed").asBoolean()).isFalse();
        assertThat(told.path("development_api_key").isNull()).isTrue();
      }
    }
  }
}

package io.waybill.controlapi;

import static io.waybill.controlapi.RecoverySituations.RECOVERIES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code /v1/recoveries}. */
class RecoveryApiTest {
  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void one_is_under_way_at_a_time_and_is_shown_with_what_it_has_found() {
    HttpAnswer started = admin.post(RECOVERIES, "");
    HttpAnswer again = admin.post(RECOVERIES, "");

    assertThat(started.outcome()).isEqualTo("201");
    String id = started.json().at("/recovery_id").asString();
    assertThat(again.json().at("/recovery_id").asString()).isEqualTo(id);
    assertThat(started.json().at("/started_by").asString()).startsWith("api_key:");
    JsonNode listed = admin.get(RECOVERIES).json();
    assertThat(listed.at("/recoveries")).hasSize(1);
    assertThat(admin.get(RECOVERIES + "/" + id).json()).isEqualTo(listed.at("/recoveries/0"));
    assertThat(admin.get(RECOVERIES + "/" + id + "/objects").json().at("/unclaimed_objects"))
        .isEmpty();
  }

  @Test
  void who_may_not_administer_uploads_is_told_so_and_another_tenant_s_is_not_there() {
    String path = RecoverySituations.path(world);

    assertThat(world.as(TestWorld.VIEWER).post(RECOVERIES, "").outcome())
        .isEqualTo("403 auth.permission_denied");
    assertThat(world.as(TestWorld.VIEWER).get(path).outcome()).isEqualTo("404 recovery.not_found");
    assertThat(admin.get(RECOVERIES + "/" + TestWorld.id(0xffff)).outcome())
        .isEqualTo("404 recovery.not_found");
  }
}

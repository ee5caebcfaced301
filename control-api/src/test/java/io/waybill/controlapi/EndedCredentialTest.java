package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.device.DeviceAnswer;
import io.waybill.core.idempotency.RequestKey;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A broker lets go of a connection a little later than the registry ends its credential. */
class EndedCredentialTest {
  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String DEVICES = PROJECT + "/devices";

  private final TestWorld world = new TestWorld();
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void who_is_connected_with_a_credential_that_was_ended_at_once_gets_no_other() {
    JsonNode made = registered();
    assertThat(seen(made)).isEqualTo("200");
    assertThat(askedForAnother(made)).isEqualTo("ok");

    JsonNode rotated = rotated(made, "{\"overlap_seconds\": 0}");
    assertThat(askedForAnother(made)).isEqualTo("device.inactive");

    assertThat(seen(rotated)).isEqualTo("200");
    assertThat(askedForAnother(made)).isEqualTo("ok");
  }

  /** The operator has lost what the first rotation told. */
  @Test
  void nor_after_another_rotation_that_leaves_the_usual_overlap() {
    JsonNode made = registered();
    assertThat(seen(made)).isEqualTo("200");

    rotated(made, "{\"overlap_seconds\": 0}");
    JsonNode again = rotated(made, "{}");
    assertThat(askedForAnother(made)).isEqualTo("device.inactive");

    assertThat(seen(again)).isEqualTo("200");
    assertThat(askedForAnother(made)).isEqualTo("ok");
  }

  @Test
  void nor_does_who_is_connected_with_one_that_has_expired() {
    JsonNode made = registered();
    assertThat(seen(made)).isEqualTo("200");
    JsonNode second = rotated(made, "{\"expires_in_seconds\": 60}");
    assertThat(seen(second)).isEqualTo("200");

    world.time.advance(Duration.ofSeconds(60));

    assertThat(askedForAnother(made)).isEqualTo("device.inactive");
    rotated(made, "{}");
    assertThat(askedForAnother(made)).isEqualTo("device.inactive");
  }

  @Test
  void nor_does_who_is_connected_with_one_that_was_revoked() {
    JsonNode made = registered();
    assertThat(seen(made)).isEqualTo("200");

    admin.post(path(made) + "/credentials/revoke", "");
    assertThat(askedForAnother(made)).isEqualTo("device.inactive");
    JsonNode rotated = rotated(made, "{}");
    assertThat(askedForAnother(made)).as("the new one was not shown").isEqualTo("device.inactive");

    assertThat(seen(rotated)).isEqualTo("200");
    assertThat(askedForAnother(made)).isEqualTo("ok");
  }

  @Test
  void with_an_overlap_the_old_one_is_good_for_another() {
    JsonNode made = registered();
    assertThat(seen(made)).isEqualTo("200");

    rotated(made, "{\"overlap_seconds\": 60}");

    assertThat(askedForAnother(made)).isEqualTo("ok");
  }

  /** Some brokers let devices in without asking us: nothing is ever shown. */
  @Test
  void a_device_whose_credential_we_never_see_may_change_it() {
    JsonNode made = registered();

    assertThat(askedForAnother(made)).isEqualTo("ok");
    assertThat(askedForAnother(made)).isEqualTo("ok");
  }

  private JsonNode registered() {
    return admin.post(DEVICES, "{\"name\": \"Press 1\", \"device_code\": \"press-1\"}").json();
  }

  private JsonNode rotated(JsonNode made, String how) {
    return admin.post(path(made) + "/credentials/rotate", how).json();
  }

  private static String path(JsonNode made) {
    return DEVICES + "/" + made.at("/device/device_id").asString();
  }

  private String seen(JsonNode made) {
    String credential = made.at("/credential/credential_material").asString();
    return world.as(credential).get(PROJECT).outcome();
  }

  /** What the device hears over a connection that it has. */
  private String askedForAnother(JsonNode made) {
    UUID device = UUID.fromString(made.at("/device/device_id").asString());
    Verdict<DeviceAnswer.Issued> verdict =
        world
            .cases
            .access()
            .authenticate()
            .device(TestWorld.TENANT, device)
            .then(itself ->
                world
                    .cases
                    .devices()
                    .rotateOwnCredential()
                    .handle(new Caller(itself, "req-own", "mqtt"), RequestKey.NONE));
    return verdict instanceof Verdict.Refused<DeviceAnswer.Issued>(Refusal refusal)
        ? refusal.code().code()
        : "ok";
  }
}

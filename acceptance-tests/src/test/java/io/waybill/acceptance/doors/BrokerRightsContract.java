package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What robot-18 can learn of robot-17 and do in its name: nothing. A broker may refuse, or grant
 * and stay silent; robot-17 must not notice either.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
abstract class BrokerRightsContract {
  private static final String TOPICS_OF_17 =
      "device/" + DevelopmentIdentities.TENANT + "/" + DevelopmentIdentities.ROBOT_17 + "/";

  final Site site;
  private Device robot17;

  BrokerRightsContract(Site site) {
    this.site = site;
    this.robot17 = robot17();
    robot17.close();
  }

  /** Impatient, because a spy may swallow what it says. */
  private Device robot17() {
    return Device.connect(
        site.configuration(),
        DevelopmentIdentities.ROBOT_17,
        DevelopmentIdentities.ROBOT_17_CREDENTIAL,
        Duration.ofSeconds(1));
  }

  @BeforeEach
  void robot17IsThere() {
    robot17 = robot17();
  }

  @AfterEach
  void robot17IsStillThere() {
    try (Device here = robot17) {
      assertServed(here);
    }
  }

  private static void assertServed(Device device) {
    assertThat(device.result("describe", "{}").path("device").path("device_id").asString())
        .isEqualTo(TwoPartUpload.ROBOT_17);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#",
        "+/+/+/#",
        "device/#",
        "device/+/+/upload/response",
        "device/+/+/upload/request",
        "$share/waybill/device/+/+/upload/request",
        "$share/mine/device/+/+/upload/response",
        "$share/mine/#",
      })
  void robot_18_hears_nothing_by_any_filter(String filter) {
    assertHearsNothing(filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"upload/response", "upload/response/#", "upload/error", "upload/request", "#"})
  void robot_18_hears_nothing_of_robot_17_by_its_topics(String topic) {
    assertHearsNothing(TOPICS_OF_17 + topic);
  }

  /** Robot-17 speaks and is answered; whatever the spy was sent came before its own answer. */
  private void assertHearsNothing(String filter) {
    try (Spy spy = Spy.robot18(site.configuration())) {
      boolean granted = spy.listen(filter);

      for (int n = 0; n < 3; n++) {
        assertServed(robot17);
      }
      assertThat(robot17.errorTo(new byte[] {'?'}).path("ok").booleanValue()).isFalse();
      spy.roundTrip();

      assertThat(spy.heard()).as("granted: %s", granted).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upload/request",
        "upload/response",
        "upload/error",
        "upload/progress",
        "presence"
      })
  void robot_18_cannot_speak_for_robot_17(String topic) {
    String name = "forged-" + UUID.randomUUID();
    String request =
        "{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":%s}"
            .formatted(name, TwoPartUpload.request(name));
    try (Spy spy = Spy.robot18(site.configuration())) {
      spy.speak(TOPICS_OF_17 + topic, request);
      assertServed(robot17);
    }
    assertThat(robot17.hasHeard(name)).isFalse();
    assertThat(site.database().count("select count(*) from upload_tasks where task_name = ?", name))
        .isZero();
  }

  @Test
  void robot_18_speaks_in_its_own_topic_only_for_itself() {
    String name = "disguised-" + UUID.randomUUID();
    try (Device robot18 = Device.robot18(site.configuration())) {
      assertThat(robot18.refusal("create_session", TwoPartUpload.request(name)))
          .isEqualTo("device.identity_mismatch");
    }
  }

  @Test
  void a_wrong_secret_opens_no_connection() {
    for (String secret : List.of("", "guess", DevelopmentIdentities.ROBOT_18_CREDENTIAL)) {
      assertThat(
              Spy.isLetIn(
                  site.configuration(),
                  TwoPartUpload.ROBOT_17,
                  DevelopmentIdentities.ROBOT_17 + "-spy",
                  secret))
          .isFalse();
    }
  }

  @Test
  void robot_18_with_robot_17_s_client_id_does_not_become_robot_17() {
    int before = robot17.lostConnections();

    takeTheClientId();

    assertServed(robot17);
    assertThat(robot17.lostConnections()).isEqualTo(before);
  }

  /** Robot-18 connects with robot-17's client id, as far as this broker lets it. */
  abstract void takeTheClientId();
}

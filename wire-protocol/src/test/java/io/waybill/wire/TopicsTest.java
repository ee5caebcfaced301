package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waybill.wire.Topics.Kind;
import io.waybill.wire.Topics.Owner;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

  private static final String TENANT = "0190a000-0000-7000-8000-000000000001";
  private static final String DEVICE = "0190a000-0000-7000-8000-000000000017";
  private static final Owner OWNER = new Owner(UUID.fromString(TENANT), UUID.fromString(DEVICE));
  private static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  @ParameterizedTest
  @EnumSource
  void a_topic_that_was_built_can_be_read(Kind kind) {
    assertThat(TOPICS.read(TOPICS.of(OWNER, kind))).contains(new Topics.Read(OWNER, kind));
    Topics deep = new Topics("plant 7/line-3");
    assertThat(deep.read(deep.of(OWNER, kind))).contains(new Topics.Read(OWNER, kind));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "device",
        "device/" + TENANT + "/" + DEVICE,
        "device/" + TENANT + "/" + DEVICE + "/upload",
        "device/" + TENANT + "/" + DEVICE + "/upload/request/",
        "device/" + TENANT + "/" + DEVICE + "/upload/request/more",
        "device/" + TENANT + "/robot-17/upload/request",
        "device/1-1-1-1-1/" + DEVICE + "/upload/request",
        "device/+/+/upload/request",
        "other/" + TENANT + "/" + DEVICE + "/upload/request",
        "devices/" + TENANT + "/" + DEVICE + "/upload/request",
        "device/0190A000-0000-7000-8000-000000000001/" + DEVICE + "/upload/request",
      })
  void anything_else_is_not_ours(String topic) {
    assertThat(TOPICS.read(topic)).isEmpty();
  }

  @Test
  void filters_cover_every_device() {
    assertThat(TOPICS.everyDevice(Kind.REQUEST)).isEqualTo("device/+/+/upload/request");
    assertThat(TOPICS.shared("waybill", Kind.REQUEST))
        .isEqualTo("$share/waybill/device/+/+/upload/request");
  }

  @Test
  void answers_go_to_the_devices_own_response_topic_or_below_it_only() {
    String own = TOPICS.of(OWNER, Kind.RESPONSE);

    assertThat(TOPICS.mayAnswerOn(own, OWNER)).isTrue();
    assertThat(TOPICS.mayAnswerOn(own + "/plc-1", OWNER)).isTrue();
    assertThat(TOPICS.mayAnswerOn(own + "s", OWNER)).isFalse();
    assertThat(TOPICS.mayAnswerOn(own + "/#", OWNER)).isFalse();
    assertThat(TOPICS.mayAnswerOn(own + "/" + "x".repeat(1024), OWNER)).isFalse();
    assertThat(TOPICS.mayAnswerOn(own.replace("17", "18"), OWNER)).isFalse();
    assertThat(TOPICS.mayAnswerOn("elsewhere", OWNER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a//b", "a/+/b", "#", "$SYS", "a\u0000"})
  void a_prefix_has_no_wildcards_and_no_empty_levels(String prefix) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Topics(prefix));
  }
}

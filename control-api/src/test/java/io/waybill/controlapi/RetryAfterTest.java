package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.ErrorStatus;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.upload.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may come again is told when. */
class RetryAfterTest {

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_that_is_worth_another_try_says_when_and_no_other(ErrorCode code) {
    boolean saysWhen =
        io.waybill.controlapi.edge.HttpAnswer.refused(Refusal.of(code, "no"), "r")
            .headers()
            .containsKey("Retry-After");

    assertThat(saysWhen).isEqualTo(code.retryable());
    if (ErrorStatus.of(code) == 429 || ErrorStatus.of(code) == 503) {
      assertThat(saysWhen).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void a_refusal_that_knows_better_is_believed(ErrorCode code) {
    assertThat(
            io.waybill.controlapi.edge.HttpAnswer.refused(
                    Refusal.of(code, "no").retryAfter(30), "r")
                .headers())
        .containsEntry("Retry-After", "30");
  }

  @Test
  void who_asks_for_urls_too_often_is_told_when_and_how_often_is_right() {
    try (TestWorld world = new TestWorld(Limits.standard().with(new Limits.Rates(600, 2)))) {
      HttpCalls robot = world.as(TestWorld.DEVICE_17);
      HttpUploads.Made made = HttpUploads.by(world, TestWorld.DEVICE_17).create(2);
      String presign = made.path() + "/parts/presign";
      String first = "{\"part_numbers\": [1]}";
      assertThat(robot.post(presign, first).outcome()).isEqualTo("200");
      assertThat(robot.post(presign, first).header("RateLimit"))
          .isEqualTo("\"device\";r=0;t=60, \"tenant\";r=598;t=1");

      HttpAnswer refused = robot.post(presign, first);

      assertThat(refused.outcome()).isEqualTo("429 rate_limit.exceeded");
      assertThat(refused.header("Retry-After")).isEqualTo("30");
      assertThat(refused.header("RateLimit-Policy"))
          .isEqualTo("\"device\";q=2;w=60, \"tenant\";q=600;w=60");
      assertThat(refused.json().at("/error/details/scope").asString()).isEqualTo("device");
    }
  }
}

package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.device.usecase.HearCommandReport.Heard;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.Unanswered;
import io.waybill.doors.ThreadWaits;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.DeviceNotice;
import io.waybill.wire.Reply;
import io.waybill.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Errors for devices whose buffers are small. */
@Timeout(60)
class SmallBuffersTest {

  /** A desk that nobody gets to. */
  private static final class ClosedDesk implements Desk {
    @Override
    public Verdict<Identity> identify(UUID tenantId, UUID deviceId, String requestId) {
      throw new AssertionError("a wrong request has no business here");
    }

    @Override
    public Verdict<?> carryOut(Call call) {
      throw new AssertionError("a wrong request has no business here");
    }

    @Override
    public Verdict<Heard> hear(UUID tenantId, UUID deviceId, DeviceNotice.Result result) {
      throw new AssertionError("a wrong request has no business here");
    }

    @Override
    public Verdict<Boolean> hear(UUID tenantId, UUID deviceId, DeviceNotice.Presence presence) {
      throw new AssertionError("a wrong request has no business here");
    }

    @Override
    public List<Unanswered> claimOwed() {
      return List.of();
    }

    @Override
    public void answered(Scope scope) {}
  }

  @Test
  void an_error_about_many_fields_keeps_to_the_size_that_was_asked_for() {
    StringBuilder payload = new StringBuilder("{\"max_response_bytes\":512");
    for (int i = 0; i < 50; i++) {
      payload.append(",\"there_is_no_such_field_").append(i).append("\":1");
    }
    byte[] answer = answerTo("get_status", payload.append('}').toString());

    assertThat(answer).hasSizeLessThanOrEqualTo(512);
    assertThat(((Reply.Err) Reply.read(answer)).error().code())
        .isEqualTo("request.validation_failed");
  }

  @Test
  void the_number_of_requests_inside_is_still_known_when_memory_has_been_tidied_up() {
    Plant plant = new Plant();
    new GatewayMetrics(plant.metrics).watchInflight(new LinkedBlockingQueue<>(1)::size);
    System.gc();

    assertThat(plant.metrics.scrape()).contains("mqtt_inflight 0.0");
  }

  @Test
  void a_size_that_is_none_bounds_nothing_and_is_named() {
    byte[] answer = answerTo("describe", "{\"max_response_bytes\":0}");

    assertThat(new String(answer, StandardCharsets.UTF_8)).contains("max_response_bytes");
  }

  private byte[] answerTo(String command, String payload) {
    String request =
        "{\"request_id\":\"r\",\"command\":\"%s\",\"payload\":%s}".formatted(command, payload);
    List<OutgoingMessage> answers = new ArrayList<>();
    Egress egress =
        answer -> {
          answers.add(answer);
          return CompletableFuture.completedFuture(null);
        };
    Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    new Dispatch(
            topics,
            Bounds.DEFAULT,
            new ClosedDesk(),
            new GatewayMetrics(new Plant().metrics),
            new Dispatch.World(Runnable::run, new ThreadWaits(), egress))
        .arrive(
            new Arrival(
                topics.of(Plant.ROBOT_17, Topics.Kind.REQUEST),
                () -> request.getBytes(StandardCharsets.UTF_8),
                true,
                new Arrival.Properties(null, null, null),
                () -> {}));
    return answers.getFirst().payload();
  }
}

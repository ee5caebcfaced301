package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.part;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.fieldErrors;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** URLs for parts: each for one part of one exact length, and never for longer than its session. */
class PresignPartsTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  private Verdict<PresignAnswer> presign(
      List<Integer> parts, @Nullable Integer seconds, boolean compact, AnswerLimit limit) {
    return world
        .use
        .presignParts()
        .handle(
            Registry.robot17(),
            new PresignParts.Request(session, parts, seconds, compact, Map.of(), limit));
  }

  private PresignAnswer.Full full(Integer... parts) {
    return (PresignAnswer.Full) value(world.clients.presign(session, parts));
  }

  private static List<String> codes(Verdict<?> verdict) {
    return fieldErrors(verdict).stream().map(FieldError::code).toList();
  }

  @Test
  void a_url_is_for_one_part_of_one_exact_length() {
    PresignAnswer.Full answer = full(1, 3);
    assertThat(answer.method()).isEqualTo("PUT");
    assertThat(answer.expiresInSeconds()).isEqualTo(900);
    assertThat(answer.nextPartNumber()).isNull();
    PresignAnswer.Part last = answer.parts().getLast();
    assertThat(last.partNumber()).isEqualTo(3);
    assertThat(last.expectedSizeBytes()).isEqualTo(22 * MIB);
    assertThat(last.offsetStart()).isEqualTo(128 * MIB);
    assertThat(last.offsetEndExclusive()).isEqualTo(150 * MIB);
    assertThat(last.requiredHeaders()).isEmpty();
    assertThat(last.url()).contains("partNumber=3&", "uploadId=" + world.uploadId(session));
  }

  @Test
  void compact_and_full_are_the_same_urls() {
    PresignAnswer.Full full = full(1, 2, 3);
    PresignAnswer.Compact compact =
        (PresignAnswer.Compact) value(presign(List.of(1, 2, 3), null, true, AnswerLimit.NONE));
    for (PresignAnswer.Part part : full.parts()) {
      assertThat(
              compact
                  .urlTemplate()
                  .replace("{part_number}", Integer.toString(part.partNumber()))
                  .replace(
                      "{signature}", compact.signatures().getOrDefault(part.partNumber(), "none")))
          .isEqualTo(part.url());
    }
    assertThat(compact.expiresAt()).isEqualTo(full.expiresAt());
    assertThat(compact.partSizeBytes()).isEqualTo(64 * MIB);
    assertThat(compact.fileSizeBytes()).isEqualTo(150 * MIB);
  }

  @Test
  void neither_answer_shows_a_url_when_it_is_printed() {
    assertThat(full(1).toString()).doesNotContain("http", "Signature");
    assertThat(full(1).parts().getFirst().toString()).doesNotContain("http");
    assertThat(presign(List.of(1), null, true, AnswerLimit.NONE).toString()).doesNotContain("http");
  }

  @Test
  void a_url_never_outlives_its_session() {
    world.advance(Duration.ofHours(23).plusMinutes(50));
    PresignAnswer.Full answer = full(1);
    assertThat(answer.expiresInSeconds()).isBetween(599L, 600L);
    assertThat(answer.expiresAt()).isBeforeOrEqualTo(world.stored(session).upload().expiresAt());

    world.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(code(world.clients.presign(session, 1))).isEqualTo("upload.expired");
  }

  @Test
  void everything_wrong_with_a_request_is_told_at_once() {
    assertThat(codes(presign(List.of(1, 1, 4), 59, false, AnswerLimit.NONE)))
        .containsExactly(
            "upload.part_out_of_range", "upload.part_repeated", "upload.url_life_out_of_range");
    assertThat(codes(presign(List.of(), null, false, AnswerLimit.NONE)))
        .containsExactly("upload.too_many_parts");
    List<Integer> many = IntStream.rangeClosed(1, 101).boxed().toList();
    assertThat(codes(presign(many, 6 * 3600 + 1, false, AnswerLimit.NONE)))
        .contains("upload.too_many_parts", "upload.url_life_out_of_range");
    value(presign(List.of(1), 60, false, AnswerLimit.NONE));
    value(presign(List.of(1), 6 * 3600, false, AnswerLimit.NONE));
    PresignParts.Request checksums =
        new PresignParts.Request(
            session, List.of(1), null, false, Map.of(1, "AAAA"), AnswerLimit.NONE);
    assertThat(codes(world.use.presignParts().handle(Registry.robot17(), checksums)))
        .containsExactly("upload.checksums_not_supported");
  }

  @Test
  void an_answer_with_room_for_fewer_parts_says_where_to_go_on() {
    AnswerLimit two = new AnswerLimit(250, answer -> 100L * count((PresignAnswer) answer));
    PresignAnswer.Full answer =
        (PresignAnswer.Full) value(presign(List.of(3, 1, 2), null, false, two));
    assertThat(answer.parts()).extracting(PresignAnswer.Part::partNumber).containsExactly(3, 1);
    assertThat(answer.nextPartNumber()).isEqualTo(2);
    assertThat(world.events(session).getLast().partNumbers()).containsExactly(3, 1);
  }

  private static int count(PresignAnswer answer) {
    return ((PresignAnswer.Full) answer).parts().size();
  }

  @Test
  void an_answer_without_room_for_one_part_is_refused_and_nothing_is_issued() {
    AnswerLimit none = new AnswerLimit(99, answer -> 100L * count((PresignAnswer) answer));
    assertThat(refusal(presign(List.of(1, 2), null, false, none)).details())
        .containsEntry("needed_bytes", 100L);
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
    assertThat(world.timeline(session)).doesNotContain("upload.presign_issued");
  }

  @Test
  void the_first_url_starts_the_upload_and_later_ones_leave_the_session_alone() {
    full(1);
    Session started = world.stored(session);
    assertThat(started.status()).isEqualTo(SessionStatus.UPLOADING);
    full(2);
    assertThat(world.stored(session)).isEqualTo(started);
    assertThat(world.timeline(session))
        .endsWith("upload.started", "upload.presign_issued", "upload.presign_issued");
  }

  @Test
  void a_presign_that_loses_the_race_for_the_first_url_tries_again() {
    world.work.beforeNextWrite(() -> full(1));
    assertThat(full(2).parts()).hasSize(1);
    world.work.beforeNextWrite(() -> {});
    assertThat(world.timeline(session)).containsOnlyOnce("upload.started");
  }

  @Test
  void a_pause_in_between_stops_the_first_url() {
    world.work.beforeNextWrite(() -> value(world.clients.pause(session)));
    assertThat(code(world.clients.presign(session, 1))).isEqualTo("upload.invalid_state");
  }
}

package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.part;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.FieldError;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.upload.AcknowledgeAnswer;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** URLs for parts, acknowledgements of parts, and lists of them. */
class PartsTest {

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
    assertThat(code(verdict)).isEqualTo("request.validation_failed");
    List<?> errors = (List<?>) refusal(verdict).details().getOrDefault("errors", List.of());
    return errors.stream().map(FieldError.class::cast).map(FieldError::code).toList();
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

  @Test
  void acknowledged_parts_are_counted_once_however_often_they_are_told() {
    AcknowledgeAnswer first =
        value(world.clients.acknowledge(session, part(1, 64 * MIB), part(3, 22 * MIB)));
    assertThat(first).isEqualTo(new AcknowledgeAnswer(session, 2, 2));
    assertThat(value(world.clients.acknowledge(session, part(3, 22 * MIB))))
        .isEqualTo(new AcknowledgeAnswer(session, 1, 2));
    assertThat(value(world.clients.get(session)))
        .returns(2, answer -> answer.uploadedPartCount())
        .returns(1, answer -> answer.missingPartCount());
  }

  @Test
  void the_first_acknowledgement_starts_the_upload_and_later_ones_do_not_touch_its_row() {
    value(world.clients.acknowledge(session, part(1, 64 * MIB)));
    Session started = world.stored(session);
    assertThat(started.status()).isEqualTo(SessionStatus.UPLOADING);
    value(world.clients.acknowledge(session, part(2, 64 * MIB)));
    assertThat(world.stored(session)).isEqualTo(started);
    assertThat(world.database.facts().outbox())
        .extracting(event -> event.type())
        .contains("upload.started");
  }

  @Test
  void what_is_wrong_with_acknowledged_parts_is_told_by_part() {
    AcknowledgeParts.Part noTag = new AcknowledgeParts.Part(2, " ", 64 * MIB, null);
    assertThat(
            codes(
                world.clients.acknowledge(
                    session,
                    part(0, 1),
                    part(4, 1),
                    part(1, 64 * MIB - 1),
                    noTag,
                    part(3, 22 * MIB),
                    part(3, 22 * MIB))))
        .containsExactly(
            "upload.part_out_of_range",
            "upload.part_out_of_range",
            "upload.part_size_mismatch",
            "upload.bad_etag",
            "upload.part_repeated");
    assertThat(codes(world.clients.acknowledge(session))).containsExactly("upload.too_many_parts");
    AcknowledgeParts.Part[] many =
        Collections.nCopies(1001, part(1, 64 * MIB)).toArray(AcknowledgeParts.Part[]::new);
    assertThat(codes(world.clients.acknowledge(session, many))).contains("upload.too_many_parts");
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_paused_upload_still_takes_notice_of_parts_that_were_under_way() {
    full(1);
    value(world.clients.pause(session));
    value(world.clients.acknowledge(session, part(1, 64 * MIB)));
    assertThat(world.status(session)).isEqualTo(SessionStatus.PAUSED);
  }

  private PartsAnswer.Rows rows(ListParts.Source source) {
    return (PartsAnswer.Rows) value(world.clients.list(session, source));
  }

  @Test
  void the_database_tells_what_was_acknowledged_and_storage_what_is_there() {
    full(1, 2);
    world.put(session, 2);
    value(world.clients.acknowledge(session, part(1, 64 * MIB)));

    PartsAnswer.Rows db = rows(ListParts.Source.DB);
    assertThat(db.source()).isEqualTo("db");
    assertThat(db.missingPartNumbers()).containsExactly(2, 3);
    assertThat(db.parts())
        .singleElement()
        .returns(PartStatus.UPLOADED, row -> row.status())
        .returns(false, row -> row.confirmed());

    PartsAnswer.Rows storage = rows(ListParts.Source.STORAGE);
    assertThat(storage.missingPartNumbers()).containsExactly(1, 3);
    assertThat(storage.parts())
        .singleElement()
        .returns(2, row -> row.partNumber())
        .returns(PartStatus.UPLOADED, row -> row.status())
        .returns(true, row -> row.confirmed())
        .returns(64 * MIB, row -> row.offsetStart())
        .returns(java.time.Instant.EPOCH, row -> row.uploadedAt())
        .matches(row -> row.presignExpiresAt() != null);
    assertThat(rows(ListParts.Source.DB)).isEqualTo(db);
  }

  @Test
  void reconcile_makes_the_rows_say_what_storage_says() {
    full(1, 2);
    world.put(session, 2);
    value(world.clients.acknowledge(session, part(1, 64 * MIB)));
    world.advance(Duration.ofSeconds(1));

    assertThat(rows(ListParts.Source.RECONCILE).missingPartNumbers()).containsExactly(1, 3);
    assertThat(rows(ListParts.Source.DB).missingPartNumbers()).containsExactly(1, 3);
    assertThat(world.timeline(session)).contains("upload.parts_reconciled");
  }

  @Test
  void a_part_that_storage_has_otherwise_than_planned_is_failed_and_must_be_sent_again() {
    full(1, 2);
    world.storage.put(world.uploadId(session), 2, 5);
    world.storage.put(world.uploadId(session), 4, 7);

    PartsAnswer.Rows rows = rows(ListParts.Source.RECONCILE);

    assertThat(rows.parts()).allMatch(row -> row.status() == PartStatus.FAILED && row.confirmed());
    assertThat(
            rows.parts().stream().map(row -> row.lastError() == null ? "" : row.lastError().code()))
        .containsExactly("upload.part_size_mismatch", "upload.part_out_of_range");
    assertThat(rows.uploadedPartCount()).isZero();
    assertThat(rows.missingPartNumbers()).containsExactly(1, 2, 3);
    assertThat(rows(ListParts.Source.DB))
        .usingRecursiveComparison()
        .ignoringFields("source")
        .isEqualTo(rows);
  }

  @Test
  void no_part_is_missing_less_than_none_when_storage_has_more_than_was_planned() {
    full(1);
    world.putAll(session);
    world.storage.put(world.uploadId(session), 4, 7);

    assertThat(value(world.clients.reconcile(session)))
        .returns(3, answer -> answer.uploadedPartCount())
        .returns(0, answer -> answer.missingPartCount());
  }

  @Test
  void the_checksum_of_an_acknowledged_part_is_listed() {
    value(
        world.clients.acknowledge(
            session, new AcknowledgeParts.Part(1, "e", 64 * MIB, "00ff".repeat(16))));

    assertThat(rows(ListParts.Source.DB).parts())
        .singleElement()
        .returns(
            Map.of("sha256", "AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8="),
            row -> row.checksums());
  }

  @Test
  void a_part_acknowledged_while_storage_was_being_asked_is_kept() {
    full(1, 2);
    world.put(session, 1);
    world.store.nextList(
        FaultyStore.afterwards(() -> {
          world.advance(Duration.ofMillis(1));
          world.put(session, 2);
          value(world.clients.acknowledge(session, part(2, 64 * MIB)));
        }));
    assertThat(rows(ListParts.Source.RECONCILE).missingPartNumbers()).containsExactly(3);
  }

  @Test
  void parts_found_in_storage_start_an_upload_that_was_never_asked_for_urls() {
    world.put(session, 1);
    value(world.clients.reconcile(session));
    assertThat(world.status(session)).isEqualTo(SessionStatus.UPLOADING);
    assertThat(world.timeline(session)).endsWith("upload.started", "upload.parts_reconciled");
  }

  @Test
  void reconcile_fails_an_open_upload_that_storage_has_denied_for_a_minute() {
    full(1);
    world.storage.purge(world.uploadId(session));
    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.UPLOADING);
    world.advance(Duration.ofSeconds(59));
    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.UPLOADING);
    world.advance(Duration.ofSeconds(1));
    assertThat(value(world.clients.reconcile(session)))
        .returns(SessionStatus.FAILED, answer -> answer.status())
        .matches(answer ->
            answer.lastError() != null
                && answer.lastError().code().equals("storage.upload_missing"));
  }

  @Test
  void ranges_tell_the_same_in_a_few_bytes() {
    value(world.clients.acknowledge(session, part(1, 64 * MIB), part(2, 64 * MIB)));
    ListParts.Request request =
        new ListParts.Request(session, ListParts.Source.DB, 1000, null, true);
    assertThat(value(world.use.listParts().handle(Registry.robot17(), request)))
        .isEqualTo(new PartsAnswer.Ranges(session, "db", 3, 2, "1-2"));
  }

  @Test
  void pages_follow_each_other_and_reconcile_asks_storage_once() {
    world.putAll(session);
    List<Integer> seen = new ArrayList<>();
    String cursor = null;
    do {
      ListParts.Request request =
          new ListParts.Request(session, ListParts.Source.RECONCILE, 1, cursor, false);
      PartsAnswer.Rows page =
          (PartsAnswer.Rows) value(world.use.listParts().handle(Registry.robot17(), request));
      page.parts().forEach(row -> seen.add(row.partNumber()));
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(seen).containsExactly(1, 2, 3);
    assertThat(world.store.calls()).containsExactly("create", "list");
  }

  @Test
  void a_bad_cursor_and_a_bad_limit_are_refused() {
    assertThat(list(0, null)).containsExactly("request.out_of_range");
    assertThat(list(1001, null)).containsExactly("request.out_of_range");
    assertThat(list(10, "one")).containsExactly("request.bad_cursor");
  }

  private List<String> list(int limit, @Nullable String cursor) {
    ListParts.Request request =
        new ListParts.Request(session, ListParts.Source.DB, limit, cursor, false);
    return codes(world.use.listParts().handle(Registry.robot17(), request));
  }

  @Test
  void storage_that_does_not_answer_a_list_is_an_outage_and_a_refusal_is_told() {
    world.store.nextList(FaultyStore.unreachable());
    assertThatThrownBy(() -> world.clients.list(session, ListParts.Source.STORAGE))
        .isInstanceOf(Outage.class);
    world.store.nextList(FaultyStore.denied("AccessDenied"));
    assertThat(code(world.clients.list(session, ListParts.Source.STORAGE)))
        .isEqualTo("storage.refused");
    world.store.nextList(real -> () -> new ListOutcome.NoSuchUpload());
    assertThat(code(world.clients.list(session, ListParts.Source.STORAGE)))
        .isEqualTo("storage.upload_missing");
  }
}

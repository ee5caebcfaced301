package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.part;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.fieldErrors;
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
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lists of parts: what was acknowledged, what storage has, and the one made to say what the other
 * says.
 */
class ListPartsTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  private PresignAnswer.Full full(Integer... parts) {
    return (PresignAnswer.Full) value(world.clients.presign(session, parts));
  }

  private static List<String> codes(Verdict<?> verdict) {
    return fieldErrors(verdict).stream().map(FieldError::code).toList();
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
            rows.parts().stream()
                .map(row -> row.lastError() == null ? "" : row.lastError().code().toString()))
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
                && answer.lastError().code() == LastError.Code.STORAGE_UPLOAD_MISSING);
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

package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.part;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.fieldErrors;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.FieldError;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.AcknowledgeAnswer;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.PresignAnswer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What a client says that it has sent: kept, counted once, and believed by nobody but the counter.
 */
class AcknowledgePartsTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  private PresignAnswer.Full full(Integer... parts) {
    return (PresignAnswer.Full) value(world.clients.presign(session, parts));
  }

  private static List<String> codes(Verdict<?> verdict) {
    return fieldErrors(verdict).stream().map(FieldError::code).toList();
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
}

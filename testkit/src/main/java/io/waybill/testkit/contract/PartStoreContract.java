package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.Facts;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.PartPlan;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.Progress;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.PartStore}. */
public abstract class PartStoreContract extends PortContract {

  private static final String SUM = "ab".repeat(32);

  @Test
  void acknowledged_parts_are_counted_once_however_often_they_come() {
    UUID session = idOf(uploading());

    assertThat(acknowledge(session, part(2, "b"), part(1, "a"))).isEqualTo(2);
    assertThat(acknowledge(session, part(2, "b"), part(3, "c"))).isEqualTo(3);
    assertThat(acknowledge(session, part(2, "b"))).isEqualTo(3);

    assertThat(page(session, 0, 10)).containsExactly(part(1, "a"), part(2, "b"), part(3, "c"));
    List<Integer> numbers = read(tx -> tx.parts().uploadedNumbers(session));
    assertThat(numbers).containsExactly(1, 2, 3);
  }

  @Test
  void a_part_with_another_etag_replaces_what_was_known() {
    UUID session = idOf(uploading());
    acknowledge(session, part(1, "old"));

    assertThat(acknowledge(session, part(1, "new"))).isEqualTo(1);

    assertThat(page(session, 0, 10)).containsExactly(part(1, "new"));
  }

  @Test
  void the_last_sum_of_each_part_is_kept() {
    UUID session = idOf(uploading());
    UUID other = idOf(uploading());
    bind(session, Map.of(1, "old", 2, "two"));
    bind(session, Map.of(1, "new", 10, "ten"));

    Map<Integer, String> kept = read(tx -> tx.parts().boundSums(session));
    assertThat(kept).containsExactlyInAnyOrderEntriesOf(Map.of(1, "new", 2, "two", 10, "ten"));
    Map<Integer, String> none = read(tx -> tx.parts().boundSums(other));
    assertThat(none).isEmpty();
  }

  private void bind(UUID session, Map<Integer, String> sums) {
    commit(tx -> {
      tx.parts().bindSums(session, sums);
      return sums;
    });
  }

  @Test
  void what_storage_says_is_what_the_rows_say() {
    Session.Uploading uploading = uploading();
    UUID session = idOf(uploading);
    acknowledge(session, part(1, "a"), part(2, "claimed"), part(3, "never arrived"));
    List<UploadPart> stored =
        List.of(listed(1, "a", Uploads.PART_BYTES, at(5)), listed(2, "real", 5, at(6)));

    reconcile(session, at(7), stored.toArray(UploadPart[]::new));

    assertThat(page(session, 0, 10))
        .containsExactlyElementsOf(stored)
        .last()
        .returns(PartStatus.FAILED, part -> part.status());
    Progress progress =
        read(tx -> tx.sessions().progress(world.tenantId(), session)).orElseThrow().progress();
    assertThat(progress).isEqualTo(new Progress(uploading, 1, Uploads.PART_BYTES, 1, 2));
    List<Integer> numbers = read(tx -> tx.parts().uploadedNumbers(session));
    assertThat(numbers).containsExactly(1);
  }

  @Test
  void a_failed_part_that_comes_again_is_uploaded() {
    UUID session = idOf(uploading());
    reconcile(session, at(7), listed(1, "a", Uploads.PART_BYTES, at(5)), listed(2, "b", 5, at(6)));

    assertThat(acknowledge(session, part(1, "a"), part(2, "b"))).isEqualTo(1);
    assertThat(acknowledge(session, part(2, "again"))).isEqualTo(2);

    assertThat(page(session, 0, 10))
        .containsExactly(listed(1, "a", Uploads.PART_BYTES, at(5)), part(2, "again"));
  }

  @Test
  void a_checksum_is_kept_as_long_as_the_part_is_the_same() {
    UUID session = idOf(uploading());
    acknowledge(session, part(1, "a"), part(2, "b"));

    assertThat(acknowledge(session, part(1, "a").withChecksum(SUM))).isEqualTo(2);
    acknowledge(session, part(1, "a"), part(2, "b").withChecksum(SUM));
    UploadPart same = listed(1, "a", Uploads.PART_BYTES, at(5));
    UploadPart other = listed(2, "c", Uploads.PART_BYTES, at(6));
    reconcile(session, at(7), same, other);

    assertThat(page(session, 0, 10)).containsExactly(same.withChecksum(SUM), other);
  }

  @Test
  void an_etag_that_replaces_another_is_named_with_both() {
    Session.Uploading uploading = uploading();
    UUID session = idOf(uploading);
    acknowledge(session, part(1, "old"), part(2, "same"));
    Facts facts = Uploads.facts(uploading, UploadEvent.PART_ACKNOWLEDGED, at(3));

    commit(tx -> tx.parts().acknowledge(session, List.of(part(1, "new"), part(2, "same")), facts));

    List<Object> replaced =
        read(tx -> tx.timelines().page(world.tenantId(), session, null, 10)).stream()
            .filter(event -> event.type() == UploadEvent.PART_ACKNOWLEDGED)
            .map(event -> event.details().get("replaced"))
            .toList();
    assertThat(replaced)
        .isEqualTo(
            List.of(
                List.of(Map.of("part_number", 1L, "etag", "\"new\"", "previous_etag", "\"old\""))));
  }

  @Test
  void what_was_acknowledged_after_storage_was_asked_stays() {
    UUID session = idOf(uploading());
    acknowledge(session, part(1, "before"), part(8, "after"), part(9, "after"));

    reconcile(session, at(7), listed(9, "older", 5, at(2)));

    assertThat(page(session, 0, 10)).containsExactly(part(8, "after"), part(9, "after"));
  }

  @Test
  void storage_without_parts_leaves_no_rows() {
    UUID session = idOf(uploading());
    acknowledge(session, part(1, "a"));

    reconcile(session, at(7));

    assertThat(page(session, 0, 10)).isEmpty();
  }

  @Test
  void pages_follow_the_part_numbers() {
    UUID session = idOf(uploading());
    acknowledge(session, part(1, "a"), part(2, "b"), part(7, "g"), part(9, "i"));

    assertThat(page(session, 0, 2)).containsExactly(part(1, "a"), part(2, "b"));
    assertThat(page(session, 2, 2)).containsExactly(part(7, "g"), part(9, "i"));
    assertThat(page(session, 9, 2)).isEmpty();
  }

  @Test
  void facts_are_written_with_the_parts() {
    Session.Uploading uploading = uploading();
    UUID session = idOf(uploading);
    Facts facts = Uploads.facts(uploading, UploadEvent.PART_ACKNOWLEDGED, at(3));

    commit(tx -> tx.parts().acknowledge(session, List.of(part(1, "a")), facts));

    assertThat(told().getLast()).isEqualTo(facts);
    List<UploadEvent> timeline =
        read(tx -> tx.timelines().page(world.tenantId(), session, null, 10)).stream()
            .map(event -> event.type())
            .toList();
    assertThat(timeline).contains(UploadEvent.PART_ACKNOWLEDGED);
  }

  @Test
  void the_latest_issuance_of_each_part_is_known() {
    Session.Uploading uploading = uploading();
    commit(tx -> {
      tx.events().append(issued(uploading, List.of(1, 2, 3), 10));
      tx.events().append(issued(uploading, List.of(2), 20));
      return uploading;
    });

    List<Issuance> issuances = read(tx -> tx.parts().issuances(idOf(uploading), 2, 10));

    assertThat(issuances)
        .containsExactly(new Issuance(2, at(20), at(920)), new Issuance(3, at(10), at(910)));
  }

  private static Facts issued(Session session, List<Integer> parts, long second) {
    return Facts.of(Uploads.presigned(session, parts, at(second), at(second + 900)));
  }

  private int acknowledge(UUID session, UploadPart... parts) {
    return commit(tx -> tx.parts().acknowledge(session, List.of(parts), Facts.NONE));
  }

  private List<UploadPart> page(UUID session, int after, int limit) {
    return read(tx -> tx.parts().page(session, after, limit));
  }

  private static UploadPart part(int number, String etag) {
    return UploadPart.acknowledged(
        number, "\"" + etag + "\"", Uploads.PART_BYTES, null, at(number));
  }

  private static UploadPart listed(int number, String etag, long size, Instant at) {
    PartPlan plan = new PartPlan(100 * Uploads.PART_BYTES, Uploads.PART_BYTES);
    return UploadPart.listed(plan, new StoredPart(number, "\"" + etag + "\"", size, at));
  }

  private void reconcile(UUID session, Instant asked, UploadPart... listed) {
    commit(tx -> {
      tx.parts().reconcile(session, List.of(listed), asked);
      return session;
    });
  }

  private static UUID idOf(Session session) {
    return session.upload().sessionId();
  }
}

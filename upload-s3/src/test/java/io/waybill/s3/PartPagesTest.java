package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.ScriptedServer.Line;
import io.waybill.s3.ScriptedServer.Seen;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way of paging that a store was seen to have, and some that it should not. */
class PartPagesTest {

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void pages_are_followed_by_their_marker() {
    server.says(page(true, "2", 1, 2), page(true, "4", 3, 4), page(false, "5", 5));

    assertListed(1, 2, 3, 4, 5);
    assertThat(server.seen())
        .extracting(Seen::query)
        .satisfiesExactly(
            first -> assertThat(first).contains("max-parts=1000").doesNotContain("marker"),
            second -> assertThat(second).contains("part-number-marker=2"),
            third -> assertThat(third).contains("part-number-marker=4"));
  }

  @Test
  void a_store_that_ignores_the_page_size_is_read_once() {
    server.says(page(false, "", IntStream.rangeClosed(1, 3_000).toArray()));

    assertListed(IntStream.rangeClosed(1, 3_000).toArray());
    assertThat(server.seen()).hasSize(1);
  }

  @Test
  void an_answer_that_does_not_name_the_upload_is_no_list_of_no_parts() {
    server.says(answer(200, "<html><body>welcome</body></html>"));
    assertOutage();

    server.says(answer(200, "<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>"));
    assertOutage();
  }

  @Test
  void a_truncated_page_without_a_marker_is_no_list() {
    server.says(page(true, "", 1, 2), page(false, "", 3));

    assertOutage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<PartNumber>1</PartNumber><Size>5</Size>",
        "<PartNumber>1</PartNumber><ETag></ETag><Size>5</Size>",
        "<PartNumber>1</PartNumber><ETag>e</ETag>",
        "<ETag>e</ETag><Size>5</Size>",
      })
  void a_part_without_its_number_etag_or_size_is_no_part_of_a_list(String part) {
    server.says(
        answer(
            200,
            "<ListPartsResult><UploadId>u</UploadId><Part>%s</Part></ListPartsResult>"
                .formatted(part)));

    assertOutage();
  }

  @Test
  void overlapping_pages_and_pages_out_of_order_lose_nothing() {
    server.says(page(true, "2", 3, 1, 2), page(true, "3", 2, 3), page(false, "", 5, 4, 3));

    assertListed(1, 2, 3, 4, 5);
  }

  @Test
  void an_empty_page_that_goes_on_is_followed() {
    server.says(page(true, "7"), page(false, "", 8));

    assertListed(8);
  }

  @Test
  void no_parts_are_no_parts() {
    server.says(page(false, "0"));

    assertListed();
  }

  @Test
  void a_store_that_promises_more_for_ever_is_an_outage() {
    server.says(page(true, "2", 1, 2));
    assertOutage();

    server.says(page(true, ""));
    assertOutage();

    server.says(page(true, "10001", 1));
    assertOutage();
  }

  @Test
  void numbers_that_are_none_are_an_outage() {
    server.says(
        answer(200, "<R><UploadId>u</UploadId><Part><PartNumber>one</PartNumber></Part></R>"));

    assertOutage();
  }

  private void assertListed(int... numbers) {
    assertThat(store.listParts(location(), "u"))
        .asInstanceOf(type(ListOutcome.Parts.class))
        .satisfies(listed ->
            assertThat(listed.parts().stream().mapToInt(StoredPart::partNumber))
                .containsExactly(IntStream.of(numbers).boxed().toArray(Integer[]::new)));
  }

  private void assertOutage() {
    assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.listParts(location(), "u"));
  }

  private static ObjectLocation location() {
    return new ObjectLocation("local", "robot-data", "k");
  }

  private static Line page(boolean truncated, String nextMarker, int... numbers) {
    String parts =
        IntStream.of(numbers)
            .mapToObj(
                "<Part><PartNumber>%d</PartNumber><ETag>e</ETag><Size>5</Size></Part>"::formatted)
            .collect(Collectors.joining());
    String marker =
        nextMarker.isEmpty()
            ? ""
            : "<NextPartNumberMarker>" + nextMarker + "</NextPartNumberMarker>";
    return answer(
        200,
        "<ListPartsResult><UploadId>u</UploadId><IsTruncated>%s</IsTruncated>%s%s</ListPartsResult>"
            .formatted(truncated, marker, parts));
  }
}

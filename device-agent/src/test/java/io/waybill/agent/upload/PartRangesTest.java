package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;
import io.waybill.wire.Result;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Which parts a list of the server says are stored, whatever else it says. */
class PartRangesTest {

  private static final String LIST =
      """
      {"session_id": "0190f000-0000-7000-8000-000000000001", "source": "reconcile",
       "part_count": 5, "uploaded_part_count": 2, "missing_part_numbers": [4, 5],
       "a_field_of_tomorrow": {"x": 1},
       "parts": [
         {"part_number": 1, "etag": "\\"a\\"", "size_bytes": 10, "status": "UPLOADED",
          "confirmed": true, "expected_size_bytes": 10, "offset_start": 0,
          "offset_end_exclusive": 10},
         {"part_number": 2, "etag": "\\"b\\"", "size_bytes": 10, "status": "FAILED",
          "confirmed": true, "last_error": {"code": "x"}, "expected_size_bytes": 10,
          "offset_start": 10, "offset_end_exclusive": 20},
         {"part_number": 3, "etag": "\\"c\\"", "size_bytes": 9, "status": "UPLOADED",
          "confirmed": true, "expected_size_bytes": 10, "offset_start": 20,
          "offset_end_exclusive": 30},
         {"part_number": 4, "etag": "\\"d\\"", "size_bytes": 10, "status": "UPLOADED",
          "confirmed": false, "expected_size_bytes": 10, "offset_start": 30,
          "offset_end_exclusive": 40}]}
      """;

  @Test
  void a_part_that_failed_or_has_another_size_or_is_not_confirmed_is_not_stored() {
    BitSet stored = new BitSet();
    if (Json.read(LIST.getBytes(StandardCharsets.UTF_8), Result.PartList.class)
        instanceof Parsed.Read<Result.PartList>(Result.PartList list)) {
      PartRanges.addRows(list, stored);
    }
    assertThat(stored.stream()).containsExactly(1);
  }

  @Test
  void an_answer_that_is_marked_as_a_replay_is_an_answer() {
    String envelope =
        "{\"request_id\":\"r\",\"command\":\"list_parts\",\"ok\":true,\"replayed\":true,\"result\":"
            + LIST
            + "}";
    assertThat(Reply.read(envelope.getBytes(StandardCharsets.UTF_8))).isInstanceOf(Reply.Ok.class);
  }

  @Test
  void numbers_beyond_the_plan_are_not_ours() {
    assertThat(PartRanges.parse("1-2,4,9-12", 10).stream()).containsExactly(1, 2, 4, 9, 10);
  }
}

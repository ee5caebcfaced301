package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultTest {

  private static final UUID ID = Examples.SESSION;
  private static final String TEMPLATE =
      "https://s3.example.com/robot-data/"
          + "tenants/0190a000-0000-7000-8000-000000000001/".repeat(5)
          + "a.mcap?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20261123"
          + "%2Feu-central-1%2Fs3%2Faws4_request&X-Amz-Date=20261123T000000Z&X-Amz-Expires=900"
          + "&X-Amz-SignedHeaders=content-length%3Bhost&uploadId="
          + "u".repeat(128)
          + "&partNumber={part_number}&X-Amz-Signature={signature}";

  /** A record of any other module is written without knowing it. */
  record Answer(
      UUID sessionId, String status, @Nullable Instant pausedAt, Map<String, Object> lastError) {
    public boolean isPaused() {
      return pausedAt != null;
    }

    public String getName() {
      return "not a component";
    }
  }

  @Test
  void records_are_written_in_snake_case_in_order_with_nulls_and_utc_times() {
    byte[] bytes =
        Json.bytes(
            List.of(
                new Answer(ID, "PAUSED", Instant.parse("2026-11-23T10:00:00.000001Z"), Map.of()),
                new Answer(ID, "UPLOADING", null, Map.of("a", 1L))));

    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo(
            "[{\"session_id\":\""
                + ID
                + "\",\"status\":\"PAUSED\",\"paused_at\":\"2026-11-23T10:00:00.000001Z\","
                + "\"last_error\":{}},{\"session_id\":\""
                + ID
                + "\",\"status\":\"UPLOADING\",\"paused_at\":null,\"last_error\":{\"a\":1}}]");
  }

  @Test
  void a_result_is_read_leniently() {
    byte[] bytes =
        """
        {"request_id":"1","command":"get_status","ok":true,"new":1,
         "result":{"session_id":"%s","status":"SOMETHING_NEW","part_count":3,"later":{"x":[1]}}}\
        """
            .formatted(ID)
            .getBytes(StandardCharsets.UTF_8);

    assertThat(Reply.read(bytes))
        .isInstanceOfSatisfying(
            Reply.Ok.class,
            ok ->
                assertThat(ok.as(Result.Session.class))
                    .isInstanceOfSatisfying(
                        Parsed.Read.class,
                        read ->
                            assertThat(read.value())
                                .hasFieldOrPropertyWithValue("status", "SOMETHING_NEW")
                                .hasFieldOrPropertyWithValue("partCount", 3)));
  }

  @Test
  void an_error_says_whether_asking_again_can_help() {
    ErrorBody body =
        new ErrorBody("storage.unavailable", "The storage is away.", Map.of("a", "b"), true, 5L);

    assertThat(Reply.read(Envelope.error(RequestId.of("r"), "complete_upload", body)))
        .isEqualTo(new Reply.Err("r", "complete_upload", body));
    assertThat(Reply.read(Envelope.error(null, null, body)))
        .isEqualTo(new Reply.Err(null, null, body));
  }

  @Test
  void a_compact_answer_of_a_hundred_parts_fits_into_nine_kilobytes() {
    Result.Presigned compact = compact(100, null);
    byte[] answer =
        Envelope.ok(RequestId.of("0190f000-0000-7000-8000-000000000001"), "presign_parts", compact);

    assertThat(answer.length).isLessThanOrEqualTo(9_000);
    assertThat(Reply.read(answer))
        .isInstanceOfSatisfying(
            Reply.Ok.class,
            ok -> assertThat(ok.as(Result.Presigned.class)).isEqualTo(new Parsed.Read<>(compact)));
  }

  @Test
  void a_compact_answer_gives_the_url_and_slice_of_each_part() {
    Result.Presigned compact = compact(3, 4);

    assertThat(compact.partNumbers()).containsExactly(1, 2, 3);
    assertThat(compact.part(4)).isNull();
    Result.PresignedPart last = Objects.requireNonNull(compact.part(3));
    assertThat(last.url())
        .endsWith("&partNumber=3&X-Amz-Signature=" + signature(3))
        .startsWith("https://s3.example.com/");
    assertThat(last.offsetStart()).isEqualTo(128);
    assertThat(last.offsetEndExclusive()).isEqualTo(150);
    assertThat(last.expectedSizeBytes()).isEqualTo(22);
  }

  @Test
  void a_full_answer_gives_the_same() {
    Result.Presigned compact = compact(3, null);
    Result.Presigned full =
        new Result.Presigned(
            ID,
            "PUT",
            compact.expiresAt(),
            900L,
            List.of(1, 2, 3).stream().map(n -> Objects.requireNonNull(compact.part(n))).toList(),
            null,
            0,
            0,
            List.of(),
            Map.of(),
            null);

    assertThat(full.partNumbers()).isEqualTo(compact.partNumbers());
    assertThat(full.part(2)).isEqualTo(compact.part(2));
  }

  @Test
  void urls_do_not_show_in_what_may_be_logged() {
    assertThat(compact(3, null).toString()).doesNotContain("https", "Signature");
    assertThat(String.valueOf(compact(3, null).part(1))).doesNotContain("https", "Signature");
  }

  private static Result.Presigned compact(int parts, @Nullable Integer next) {
    Map<Integer, String> signatures = new LinkedHashMap<>();
    for (int i = 1; i <= parts; i++) {
      signatures.put(i, signature(i));
    }
    return new Result.Presigned(
        ID,
        "PUT",
        Instant.parse("2026-11-23T10:15:00Z"),
        900L,
        List.of(),
        TEMPLATE,
        64,
        150,
        List.of(),
        signatures,
        next);
  }

  private static String signature(int part) {
    return "%064x".formatted(part * 7919L);
  }
}

package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final UUID SESSION = Examples.SESSION;

  static Stream<Command> commands() {
    return Examples.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_survives_the_wire(Command command) {
    Request request = Request.of("r-1", "key-1", command);

    assertThat(Envelope.decode(Envelope.encode(request))).isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_may_bound_its_answer(Command command) {
    Request request =
        new Request(
            RequestId.of("r"), command.wireName().orElseThrow().toString(), null, 8192, command);

    assertThat(Envelope.decode(Envelope.encode(request))).isEqualTo(request);
  }

  @Test
  void the_smallest_create_needs_no_more_than_a_project_a_name_and_a_size() {
    Request request =
        decode(
            """
            {"request_id":"1","command":"create_session","payload":{"project_id":"%s",
             "objects":[{"object_name":"a.mcap","file_size_bytes":5}]}}\
            """
                .formatted(SESSION));

    assertThat(request.command())
        .isEqualTo(
            new Command.CreateSession(
                SESSION,
                null,
                null,
                null,
                null,
                null,
                List.of(new Command.NewObject(null, "a.mcap", 5, null, null, null, Map.of())),
                Map.of(),
                null));
  }

  @Test
  void all_field_errors_are_told_at_once() {
    Request request =
        decode(
            """
            {"request_id":"1","command":"create_session","extra":1,"idempotency_key":"",
             "payload":{"project_id":"nope","objects":[{"object_name":7,"file_size_bytes":"big"},[]],
             "metadata":[],"presign":{"first":1.5,"then":2},"max_response_bytes":0}}\
            """);

    assertThat(request.requestId()).isEqualTo("1");
    assertThat(malformed(request).code()).isEqualTo("request.validation_failed");
    assertThat(malformed(request).errors())
        .extracting(e -> e.field() + " " + e.code())
        .containsExactlyInAnyOrder(
            "extra request.unknown_field",
            "idempotency_key request.field_invalid",
            "project_id request.field_invalid",
            "objects[0].object_name request.field_type",
            "objects[0].file_size_bytes request.field_type",
            "objects[1] request.field_type",
            "metadata request.field_type",
            "presign.first request.field_type",
            "presign.then request.unknown_field",
            "max_response_bytes request.out_of_range");
  }

  @Test
  void a_size_that_is_no_number_is_one_error() {
    Request request =
        decode(
            "{\"request_id\":\"1\",\"command\":\"describe\",\"payload\":{\"max_response_bytes\":\"17\"}}");

    assertThat(malformed(request).errors())
        .extracting(e -> e.field() + " " + e.code())
        .containsExactly("max_response_bytes request.field_type");
  }

  @Test
  void a_presign_names_parts_either_one_by_one_or_as_a_range() {
    assertThat(presignErrors("")).containsExactly("part_numbers request.field_required");
    assertThat(presignErrors(",\"part_numbers\":[1],\"part_number_start\":1"))
        .containsExactly("part_numbers request.conflict");
    assertThat(presignErrors(",\"part_number_start\":1"))
        .containsExactly("part_number_end request.field_required");
    assertThat(presignErrors(",\"part_numbers\":[99999999999]"))
        .containsExactly("part_numbers[0] request.out_of_range");
    assertThat(presignErrors(",\"part_number_start\":1,\"part_number_end\":20")).isEmpty();
    assertThat(presignErrors(",\"part_numbers\":[1],\"encoding\":\"zip\""))
        .containsExactly("encoding request.unknown_value");
  }

  private static List<String> presignErrors(String fields) {
    Request request =
        decode(
            "{\"request_id\":\"1\",\"command\":\"presign_parts\",\"payload\":{\"session_id\":\""
                + SESSION
                + "\""
                + fields
                + "}}");
    return request.command() instanceof Malformed malformed
        ? malformed.errors().stream().map(e -> e.field() + " " + e.code()).toList()
        : List.of();
  }

  @Test
  void a_repeated_key_is_refused_and_its_sender_is_known() {
    Request request = decode("{\"request_id\":\"1\",\"command\":\"describe\",\"command\":\"x\"}");

    assertThat(malformed(request).code()).isEqualTo("mqtt.malformed");
    assertThat(request.requestId()).isEqualTo("1");
  }

  @Test
  void a_truncated_request_whose_id_is_readable_is_answered_by_it() {
    Request request = decode("{\"payload\":{\"a\":[1,2]},\"request_id\":\"r-7\",\"command\":\"cre");

    assertThat(malformed(request).code()).isEqualTo("mqtt.malformed");
    assertThat(request.requestId()).isEqualTo("r-7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "[]",
        "null",
        "7",
        "{}",
        "{\"request_id\":7.5,\"command\":\"describe\"}",
        "{\"request_id\":\"\",\"command\":\"describe\"}",
        "{\"request_id\":\"a\\u0000b\",\"command\":\"describe\"}",
        "{\"request_id\":\"\\ud800\",\"command\":\"describe\"}",
        "{\"request_id\":{\"request_id\":\"1\"},\"command\":\"describe\"}",
        "{\"command\":\"describe\"} {}",
      })
  void without_a_readable_request_id_there_is_none(String json) {
    Request request = decode(json);

    assertThat(malformed(request).code()).isEqualTo("mqtt.malformed");
    assertThat(request.requestId()).isNull();
  }

  @Test
  void a_request_id_has_at_most_128_characters() {
    assertThat(describe("x".repeat(128)).command()).isEqualTo(new Command.Describe());
    assertThat(describe("x".repeat(129)).requestId()).isNull();
  }

  private static Request describe(String requestId) {
    return decode("{\"request_id\":\"" + requestId + "\",\"command\":\"describe\"}");
  }

  @Test
  void an_unknown_command_is_told_the_known_ones() {
    Request request = decode("{\"request_id\":\"1\",\"command\":\"take_off\"}");

    assertThat(malformed(request).code()).isEqualTo("mqtt.unknown_command");
    assertThat(malformed(request).details().get("known_commands"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains("create_session", "describe")
        .hasSize(13);
    assertThat(request.commandName()).isEqualTo("take_off");
  }

  @Test
  void an_oversize_request_is_refused_by_its_size_and_its_sender_is_known() {
    String json = "{\"request_id\":\"big\",\"payload\":\"" + "x".repeat(300_000) + "\"}";
    Request request = decode(json);

    assertThat(malformed(request).code()).isEqualTo("mqtt.request_too_large");
    assertThat(malformed(request).details())
        .isEqualTo(Map.of("limit_bytes", 262_144, "request_bytes", json.length()));
    assertThat(request.requestId()).isEqualTo("big");
  }

  @Test
  void deep_nesting_is_refused() {
    Request request = decode("{\"request_id\":\"1\",\"payload\":" + "[".repeat(100_000));

    assertThat(malformed(request).code()).isEqualTo("mqtt.malformed");
    assertThat(request.requestId()).isEqualTo("1");
  }

  @Test
  void nonsense_is_answered_with_a_bounded_number_of_errors() {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      fields.append(",\"f").append(i).append("\":1");
    }
    Request request = decode("{\"request_id\":\"1\",\"command\":\"describe\"" + fields + "}");

    assertThat(malformed(request).errors()).hasSize(WireLimits.FIELD_ERRORS);
  }

  @Test
  void text_that_no_database_can_keep_is_refused() {
    Request request =
        decode(
            """
            {"request_id":"1","command":"create_session","payload":{"project_id":"%s",
             "objects":[{"object_name":"a\\u0000","file_size_bytes":5}],
             "metadata":{"a":["\\udc00"],"b":1e999,"c":123456789012345678901234567890}}}\
            """
                .formatted(SESSION));

    assertThat(malformed(request).errors())
        .extracting(FieldError::field)
        .containsExactly("objects[0].object_name", "metadata", "metadata", "metadata");
  }

  @Test
  void null_is_absent_in_metadata_too() {
    Request request =
        decode(
            """
            {"request_id":"1","command":"create_session","payload":{"project_id":"%s",
             "objects":[{"object_name":"a","file_size_bytes":5,"metadata":null}],
             "metadata":{"a":null,"b":{"c":null,"d":1}}}}\
            """
                .formatted(SESSION));

    assertThat(request.command())
        .isInstanceOfSatisfying(
            Command.CreateSession.class,
            create -> assertThat(create.metadata()).isEqualTo(Map.of("b", Map.of("d", 1L))));
  }

  private static Request decode(String json) {
    return Envelope.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Malformed malformed(Request request) {
    assertThat(request.command()).isInstanceOf(Malformed.class);
    return (Malformed) request.command();
  }
}

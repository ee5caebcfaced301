package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What our code writes is what the schemas say, and the schemas refuse what our reader refuses. */
class SchemasTest {

  private static final String BASE = "https://waybill.io/schemas/v1/";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaIdResolvers(
                  resolvers -> resolvers.mapPrefix(BASE, "classpath:schemas/")));

  static Stream<Command> commands() {
    return Examples.commands();
  }

  static Stream<Examples.Answered> results() {
    return Examples.results();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_request_that_we_write_is_valid(Command command) {
    assertThat(problems("request.json", Envelope.encode(Request.of("r", null, command)))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("results")
  void every_result_that_we_write_is_valid(Examples.Answered answered) {
    assertThat(
            problems(
                "reply.json",
                Envelope.ok(RequestId.of("r"), answered.command().toString(), answered.result())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_result_says_whether_it_is_that_of_an_earlier_request(boolean isReplayed) {
    Examples.Answered answered = Examples.results().findFirst().orElseThrow();
    byte[] answer =
        Envelope.ok(
            RequestId.of("r"), answered.command().toString(), answered.result(), isReplayed);

    assertThat(new String(answer, StandardCharsets.UTF_8))
        .endsWith("\"replayed\":" + isReplayed + "}");
    assertThat(problems("reply.json", answer)).isEmpty();
    assertThat(problems("reply.json", without("replayed", answer))).isNotEmpty();
  }

  private static byte[] without(String field, byte[] answer) {
    return new String(answer, StandardCharsets.UTF_8)
        .replaceAll(",\"" + field + "\":(true|false)", "")
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void every_command_has_an_example_and_a_payload_schema(Command.Name name) {
    assertThat(commands().map(c -> c.wireName().orElseThrow())).contains(name);
    assertThat(results().map(Examples.Answered::command)).contains(name);
    assertThat(SchemasTest.class.getResource("/schemas/payload/" + name + ".json")).isNotNull();
  }

  @Test
  void an_error_is_valid_with_and_without_a_request_id() {
    ErrorBody error = Examples.error();

    assertThat(problems("reply.json", Envelope.error(null, null, error))).isEmpty();
    assertThat(problems("reply.json", Envelope.error(RequestId.of("r"), "describe", error)))
        .isEmpty();
  }

  @Test
  void an_integer_is_a_valid_request_id_in_both_directions() {
    byte[] request =
        "{\"request_id\":17,\"command\":\"describe\"}".getBytes(StandardCharsets.UTF_8);
    RequestId id = java.util.Objects.requireNonNull(Envelope.decode(request).id());

    assertThat(problems("request.json", request)).isEmpty();
    assertThat(problems("reply.json", Envelope.error(id, "describe", Examples.error()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"request_id\":\"\",\"command\":\"describe\"}",
        "{\"request_id\":\"1\",\"command\":\"rotate\"}",
        "{\"request_id\":\"1\",\"command\":\"describe\",\"more\":1}",
        "{\"request_id\":\"1\",\"command\":\"get_status\"}",
        "{\"request_id\":\"1\",\"command\":\"get_status\",\"payload\":{\"session_id\":\"1\"}}",
        "{\"request_id\":\"1\",\"command\":\"presign_parts\",\"payload\":{\"session_id\":"
            + "\"0190a000-0000-7000-8000-000000000002\"}}",
      })
  void what_our_reader_refuses_the_schemas_refuse(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

    assertThat(Envelope.decode(bytes).command()).isInstanceOf(Command.Malformed.class);
    assertThat(problems("request.json", bytes)).isNotEmpty();
  }

  private List<String> problems(String schemaName, byte[] json) {
    Schema schema = registry.getSchema(SchemaLocation.of(BASE + schemaName));
    return schema.validate(new String(json, StandardCharsets.UTF_8), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }
}

package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What controllers send is read where it cannot mean two things; elsewhere the place is named. */
class ControllerPayloadsTest {

  private static final String DESCRIBE =
      "{\"request_id\":\"a1\",\"command\":\"describe\",\"payload\":{}}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0",
        "\0\0\0\0\0\0\0\0",
        "\0old rubbish }}} \"",
        "\0{\"request_id\":\"a0\",\"command\":\"get_status\"}",
        "\3",
        "\r\n",
        "\n\3\0",
        " \t\r\n \3 \0x",
      })
  void a_message_ends_at_its_first_nul_and_padding_follows_its_closing_brace(String tail) {
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
        }) {
      assertIsDescribe((DESCRIBE + tail).getBytes(charset));
      assertIsDescribe(("\uFEFF" + DESCRIBE + tail).getBytes(charset));
    }
  }

  @Test
  void a_buffer_of_1024_bytes_may_be_sent_whole() {
    assertIsDescribe(Arrays.copyOf(DESCRIBE.getBytes(StandardCharsets.UTF_8), 1024));
  }

  @Test
  void rubbish_behind_the_nul_need_not_be_text() {
    for (Charset charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
      ByteArrayOutputStream buffer = new ByteArrayOutputStream();
      buffer.writeBytes((DESCRIBE + "\0").getBytes(charset));
      buffer.writeBytes(new byte[] {(byte) 0xD8, (byte) 0xFF, (byte) 0xC3, 0x00, (byte) 0xDC});
      assertIsDescribe(buffer.toByteArray());
    }
  }

  @Test
  void utf_16_keeps_its_letters() {
    String json = "{\"request_id\":\"Prüfstand-7\",\"command\":\"describe\",\"payload\":{}}";

    assertThat(Envelope.decode(json.getBytes(StandardCharsets.UTF_16)).requestId())
        .isEqualTo("Prüfstand-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11569000", "1.1569e7", "11569000.0", "1.1569E+7", "115690000e-1"})
  void a_whole_number_is_one_however_it_is_written(String number) {
    Request request = create("\"file_size_bytes\":" + number);

    assertThat(request.command())
        .isInstanceOfSatisfying(
            Command.CreateSession.class,
            create ->
                assertThat(create.objects().getFirst().fileSizeBytes()).isEqualTo(11_569_000));
  }

  @Test
  void a_large_whole_number_loses_nothing_by_its_point() {
    assertThat(create("\"file_size_bytes\":9007199254740993.0").command())
        .isInstanceOfSatisfying(
            Command.CreateSession.class,
            create ->
                assertThat(create.objects().getFirst().fileSizeBytes())
                    .isEqualTo(9_007_199_254_740_993L));
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, request.field_type",
    "1e-400, request.field_type",
    "\"11569000\", request.field_type",
    "9223372036854775808, request.out_of_range",
    "1e19, request.out_of_range",
    "1e999999999, request.out_of_range",
  })
  void what_is_no_whole_number_of_64_bits_names_its_field(String number, String code) {
    assertThat(malformed(create("\"file_size_bytes\":" + number)).errors())
        .extracting(e -> e.field() + " " + e.code())
        .containsExactly("objects[0].file_size_bytes " + code);
  }

  @Test
  void a_whole_number_is_one_in_an_http_body_too() {
    byte[] body = "{\"extend_by_seconds\":3.6e3}".getBytes(StandardCharsets.UTF_8);

    assertThat(Payloads.extendUpload(body, Examples.SESSION))
        .isEqualTo(new Parsed.Read<>(new Command.ExtendUpload(Examples.SESSION, 3600, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "17, 17",
    "0, 0",
    "-3, -3",
    "17.0, 17",
    "1.7e1, 17",
    "18446744073709551615, 18446744073709551615",
    "'\"17\"', '\"17\"'",
  })
  void a_request_id_is_echoed_as_the_integer_or_text_that_it_was(String sent, String echoed) {
    Request request = decode("{\"request_id\":" + sent + ",\"command\":\"describe\"}");

    assertThat(request.command()).isEqualTo(new Command.Describe());
    assertThat(request.requestId()).isEqualTo(echoed.replace("\"", ""));
    String answer =
        new String(
            Envelope.error(request.id(), "describe", Examples.error()), StandardCharsets.UTF_8);
    assertThat(answer).startsWith("{\"request_id\":" + echoed + ",");
    assertThat(Envelope.decode(Envelope.encode(request))).isEqualTo(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "true", "null", "[1]", "1e64", "1e999999999"})
  void what_is_neither_a_text_nor_an_integer_is_no_request_id(String sent) {
    Request request = decode("{\"request_id\":" + sent + ",\"command\":\"describe\"}");

    assertThat(malformed(request).code()).isEqualTo("mqtt.malformed");
    assertThat(request.requestId()).isNull();
  }

  @Test
  void an_integer_that_may_have_been_cut_off_is_no_request_id() {
    assertThat(decode("{\"request_id\":17").requestId()).isNull();
    assertThat(decode("{\"request_id\":17,\"comm").requestId()).isEqualTo("17");
  }

  @Test
  void ids_are_read_in_either_case() {
    String upper = Examples.SESSION.toString().toUpperCase(java.util.Locale.ROOT);

    assertThat(
            decode(
                    "{\"request_id\":1,\"command\":\"get_status\",\"payload\":{\"session_id\":\""
                        + upper
                        + "\"}}")
                .command())
        .isEqualTo(new Command.GetStatus(Examples.SESSION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "+1 | a number has no leading + (line 1, column 21)",
        "01 | a number has no leading zeros (line 1, column 21)",
        "-01 | a number has no leading zeros (line 1, column 21)",
        ".5 | a number has a digit before its point (line 1, column 21)",
        "5. | a digit is expected (line 1, column 23)",
        "NaN | NaN and Infinity are not numbers of JSON (line 1, column 21)",
        "-Infinity | NaN and Infinity are not numbers of JSON (line 1, column 21)",
        "'x' | texts and names stand in double quotes (line 1, column 21)",
        "{x:1} | texts and names stand in double quotes (line 1, column 22)",
        "[1,] | no comma stands before a closing bracket (line 1, column 23)",
        "{\"b\":1,} | no comma stands before a closing bracket (line 1, column 27)",
        "{\"b\":1,\"b\":2} | this object has a field of this name already (line 1, column 28)",
        "{\"b\":1,\"\\u0062\":2} | this object has a field of this name already"
            + " (line 1, column 28)",
        "TRUE | a value is expected (line 1, column 21)",
        "\"\\x\" | there is no such character with a backslash (line 1, column 22)",
        "\"a\tb\" | a control character inside quotes is written with a backslash"
            + " (line 1, column 23)",
        "1 2 | a comma or a closing bracket is expected (line 1, column 23)",
        "1}{} | something follows its end: one message is one JSON document (line 1, column 23)",
        "[1,{\"b\":[2 | a comma or a closing bracket is expected (line 1, column 31)",
        "\"} | it ends before its last bracket or quote (line 1, column 24)",
      })
  void what_could_mean_two_things_is_an_error_that_names_the_place(String value, String reason) {
    Request request = decode("{\"request_id\":7,\"x\":" + value + "}");

    assertThat(malformed(request).message()).isEqualTo("The request is not JSON: " + reason + ".");
    assertThat(request.requestId()).isEqualTo("7");
  }

  @Test
  void two_messages_in_one_are_refused_in_whatever_way_they_are_set_apart() {
    for (String between : new String[] {"", "\n", "\r\n", "\3", ","}) {
      assertThat(malformed(decode(DESCRIBE + between + DESCRIBE)).message())
          .startsWith("The request is not JSON: something follows its end");
    }
  }

  @Test
  void latin_1_is_named_by_its_byte() {
    byte[] latin = "{\"request_id\":\"Prüfstand\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(malformed(Envelope.decode(latin)).message())
        .isEqualTo("The request is not JSON: byte 18 is not UTF-8.");
  }

  @Test
  void the_reason_is_our_own_for_whatever_the_parser_refuses() {
    Random random = new Random(11);
    byte[] seed = Envelope.encode(Request.of("seed", "key", Examples.createSession()));
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = seed.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (Json.parse(bytes) instanceof Parsed.NotJson<?>(String reason)) {
        assertThat(reason).matches(".*\\(line \\d+, column \\d+\\)|byte \\d+ is not UTF-.*");
      }
    }
  }

  private static void assertIsDescribe(byte[] payload) {
    assertThat(Envelope.decode(payload)).isEqualTo(Request.of("a1", null, new Command.Describe()));
  }

  private static Request create(String size) {
    return decode(
        "{\"request_id\":1,\"command\":\"create_session\",\"payload\":{\"project_id\":\""
            + Examples.PROJECT
            + "\",\"objects\":[{\"object_name\":\"a\","
            + size
            + "}]}}");
  }

  private static Request decode(String json) {
    return Envelope.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Malformed malformed(Request request) {
    assertThat(request.command()).isInstanceOf(Malformed.class);
    return (Malformed) request.command();
  }
}

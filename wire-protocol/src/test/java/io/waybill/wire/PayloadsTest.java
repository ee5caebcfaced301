package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command.CreateSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadsTest {

  @Test
  void a_body_with_its_ids_in_the_path_is_the_same_command() {
    CreateSession command = Examples.createSession();

    assertThat(Payloads.createSession(Payloads.httpBody(command), Examples.PROJECT))
        .isEqualTo(new Parsed.Read<>(command));
  }

  @Test
  void an_id_in_the_body_is_an_unknown_field_over_http() {
    Parsed<CreateSession> parsed =
        Payloads.createSession(Json.bytes(Examples.createSession()), Examples.PROJECT);

    assertThat(parsed)
        .isEqualTo(
            new Parsed.Invalid<>(
                List.of(
                    new FieldError(
                        "project_id", FieldError.UNKNOWN, "there is no such field here"))));
  }

  @Test
  void where_nothing_must_be_said_an_empty_body_says_it() {
    byte[] empty = {};

    assertThat(Payloads.pauseUpload(empty, Examples.SESSION))
        .isEqualTo(new Parsed.Read<>(new Command.PauseUpload(Examples.SESSION, null, null)));
    assertThat(Payloads.resumeUpload(empty, Examples.SESSION)).isInstanceOf(Parsed.Read.class);
    assertThat(Payloads.completeUpload(empty, Examples.SESSION)).isInstanceOf(Parsed.Read.class);
    assertThat(Payloads.abortUpload(empty, Examples.SESSION)).isInstanceOf(Parsed.Read.class);
    assertThat(Payloads.extendUpload(empty, Examples.SESSION)).isInstanceOf(Parsed.NotJson.class);
  }

  @Test
  void what_is_not_a_json_object_is_not_json() {
    assertThat(Payloads.pauseUpload(bytes("[]"), Examples.SESSION))
        .isInstanceOf(Parsed.NotJson.class);
    assertThat(Payloads.pauseUpload(bytes("{\"reason\":"), Examples.SESSION))
        .isInstanceOf(Parsed.NotJson.class);
    assertThat(Payloads.pauseUpload(new byte[WireLimits.DOCUMENT_BYTES + 1], Examples.SESSION))
        .isInstanceOf(Parsed.NotJson.class);
  }

  @Test
  void the_reason_of_unreadable_json_shows_nothing_of_it() {
    Parsed<Command.PauseUpload> parsed =
        Payloads.pauseUpload(bytes("{\"reason\":\"secret-7\" secret-8}"), Examples.SESSION);

    assertThat(parsed.toString()).doesNotContain("secret-7");
  }

  @Test
  void a_reason_that_repeats_a_signed_url_loses_its_query() {
    String url = "https://s3.example/bucket/key?uploadId=u&X-Amz-Signature=secret-7";

    assertThat(
            Payloads.abortUpload(
                bytes("{\"reason\":\"PUT " + url + " failed; is that right?\"}"), Examples.SESSION))
        .isEqualTo(
            new Parsed.Read<>(
                new Command.AbortUpload(
                    Examples.SESSION, "PUT https://s3.example/bucket/key failed; is that right?")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void what_is_wrong_with_json_is_said_without_the_words_of_the_parser() {
    assertThat(Json.parse("{".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new Parsed.NotJson<>("it ends before its last bracket or quote (line 1, column 2)"));
  }

  @Test
  void a_word_is_cut_off_only_where_more_of_it_would_be_json() {
    assertThat(Json.parse(bytes("tru")))
        .isEqualTo(
            new Parsed.NotJson<>("it ends before its last bracket or quote (line 1, column 1)"));
    assertThat(Json.parse(bytes("hello")))
        .isEqualTo(new Parsed.NotJson<>("a value is expected (line 1, column 1)"));
  }
}

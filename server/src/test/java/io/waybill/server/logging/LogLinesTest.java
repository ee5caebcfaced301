package io.waybill.server.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogLinesTest {
  private final LoggerContext context = new LoggerContext();
  private final LogLines lines = new LogLines();

  @Test
  void json_is_one_object_per_event_with_its_pairs_as_fields() {
    lines.setFormat("json");
    LoggingEvent event = event("served", new IllegalStateException("no\nmore"));
    event.setKeyValuePairs(
        List.of(new KeyValuePair("latency_ms", 12), new KeyValuePair("operation", "get_status")));

    String line = new String(lines.encode(event), UTF_8);

    assertThat(line).endsWith("\n").hasLineCount(1);
    JsonNode object = JsonMapper.shared().readTree(line);
    assertThat(object.get("message").asString()).isEqualTo("served");
    assertThat(object.get("level").asString()).isEqualTo("WARN");
    assertThat(object.get("latency_ms").asInt()).isEqualTo(12);
    assertThat(object.get("operation").asString()).isEqualTo("get_status");
    assertThat(object.get("exception").asString()).contains("IllegalStateException");
    assertThat(object.get("timestamp").asString()).endsWith("Z");
  }

  @Test
  void plain_is_for_people() {
    lines.setFormat("plain");
    LoggingEvent event = event("served", null);
    event.setKeyValuePairs(List.of(new KeyValuePair("latency_ms", 12)));
    assertThat(new String(lines.encode(event), UTF_8)).contains("WARN  Test: served latency_ms=12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT http://s3/robot-data/key?X-Amz-Credential=PLANTED/20260101&X-Amz-Signature=PLANTED",
        "GET https://s3.example.com/robot-data/key?uploadId=PLANTED&partNumber=1",
        "jdbc:postgresql://db:5432/waybill?user=waybill&sslpassword=PLANTED",
        "Authorization: Bearer PLANTED",
        "bearer\tPLANTED",
        "key wb_PLANTED_local_only is used",
        "credential wbd_PLANTED_local_only",
        "{\"password\": \"PLANTED\", \"user\": \"robot\"}",
        "password=PLANTED&x=1",
        "connecting to postgresql://waybill:PLANTED@db/waybill",
        "secret_key: PLANTED"
      })
  void a_secret_is_in_no_line(String text) {
    for (String format : List.of("json", "plain")) {
      lines.setFormat(format);
      LoggingEvent event = event(text, new IllegalStateException(text));
      event.setKeyValuePairs(List.of(new KeyValuePair("what", text)));
      assertThat(new String(lines.encode(event), UTF_8)).as(format).doesNotContain("PLANTED");
    }
  }

  private LoggingEvent event(String message, @Nullable Throwable failure) {
    LoggingEvent event =
        new LoggingEvent(
            "here", context.getLogger("io.waybill.Test"), Level.WARN, message, failure, null);
    event.setMDCPropertyMap(Map.of());
    return event;
  }
}

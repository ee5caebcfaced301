package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for a client comes back as it was sent, or is refused. */
class FreeFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-400",
        "-1e-400",
        "1e400",
        "1e-323",
        "0.10000000000000001",
        "3.14159265358979323846",
        "9223372036854775808",
        "123456789012345678901234567890",
        "12345678901234567890.5",
        "\"a\\u0000b\"",
        "\"\\ud800\"",
        "[1, null]",
        "{\"a\": 1, \"a\": 2}",
      })
  void what_would_come_back_otherwise_is_refused(String value) {
    assertThat(sent(value)).isInstanceOf(Command.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9223372036854775807",
        "0.1",
        "1e-300",
        "1.5e300",
        "4.9e-324",
        "0e0",
        "-0.0",
        "1.10"
      })
  void what_sixty_four_bits_hold_is_kept(String number) {
    assertThat(sent(number))
        .isInstanceOfSatisfying(
            Command.CreateSession.class,
            create ->
                assertThat(new BigDecimal("" + create.objects().getFirst().metadata().get("value")))
                    .isEqualByComparingTo(new BigDecimal(number)));
  }

  private static Command sent(String value) {
    String request =
        """
        {"request_id": "1", "command": "create_session", "payload": {"project_id": "%s",
         "objects": [{"object_name": "a", "file_size_bytes": 1, "metadata": {"value": %s}}]}}
        """
            .formatted(Examples.SESSION, value);
    return Envelope.decode(request.getBytes(StandardCharsets.UTF_8)).command();
  }
}

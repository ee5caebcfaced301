package io.waybill.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, reading them gives a request whose answer can be written. */
class EnvelopeFuzzTest {

  private static final List<byte[]> SEEDS =
      Examples.commands().map(c -> Envelope.encode(Request.of("seed", "key", c))).toList();
  private static final List<String> FOREIGN_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e400",
          "99999999999999999999",
          "\"\"",
          "\"\\u0000\"",
          "[]",
          "{}",
          "[[[]]]",
          "\"\\ud800\"",
          "{\"a\":{\"b\":null}}",
          "0.1",
          "\"\\uffff\"");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 64, 1000, 20_000, 300_000})
  void random_bytes_never_throw(int length) {
    Random random = new Random(length);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      survives(bytes);
    }
  }

  @Test
  void every_truncation_of_every_command_is_answered() {
    for (byte[] seed : SEEDS) {
      for (int length = 0; length < seed.length; length++) {
        Request request = survives(Arrays.copyOf(seed, length));
        assertThat(request.command()).isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void flipped_bytes_never_throw() {
    Random random = new Random(17);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      survives(bytes);
    }
  }

  @Test
  void values_of_another_type_never_throw() {
    Random random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      String json = new String(SEEDS.get(random.nextInt(SEEDS.size())), StandardCharsets.UTF_8);
      int colon = json.indexOf(':', random.nextInt(json.length()));
      int end = colon < 0 ? -1 : json.indexOf(',', colon);
      if (end > 0) {
        String value = FOREIGN_VALUES.get(random.nextInt(FOREIGN_VALUES.size()));
        json = json.substring(0, colon + 1) + value + json.substring(end);
      }
      survives(json.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void broken_answers_never_throw() {
    byte[] answer =
        Envelope.error(
            RequestId.of("r"),
            "describe",
            new ErrorBody("a.b", "no", java.util.Map.of(), true, 3L));
    Random random = new Random(3);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = Arrays.copyOf(answer, 1 + random.nextInt(answer.length));
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      assertThat(Reply.read(bytes)).isNotNull();
    }
  }

  private static Request survives(byte[] bytes) {
    Request request = Envelope.decode(bytes);
    if (request.command() instanceof Malformed malformed) {
      byte[] answer =
          Envelope.error(
              request.id(),
              request.commandName(),
              new ErrorBody(
                  malformed.code(),
                  malformed.message(),
                  java.util.Map.of("errors", malformed.errors()),
                  false,
                  null));
      assertThat(Reply.read(answer)).isInstanceOf(Reply.Err.class);
    } else {
      assertThat(request.requestId()).isNotNull();
      assertThat(Envelope.decode(Envelope.encode(request))).isEqualTo(request);
    }
    return request;
  }
}

package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is refused in the middle of a body can send it to its end, and then hears why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlyAnswerTest {

  private static final int MIB = 1 << 20;

  private final TestWorld world = new TestWorld();

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({TestWorld.ADMIN + ", 9", TestWorld.ADMIN + ", 30", "wb_nobodys, 9"})
  void the_answer_is_there_when_the_body_has_been_sent(String secret, int mebibytes) {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection.head(
          "POST /v1/uploads/" + TestWorld.id(0xfff) + "/pause HTTP/1.1",
          "Host: x",
          "Authorization: Bearer " + secret,
          "Content-Type: application/json",
          "Content-Length: " + mebibytes * MIB);
      connection.untilAnswered();

      connection.send("x".repeat(mebibytes * MIB));

      assertThat(connection.answer()).startsWith("HTTP/1.1 413").endsWith("}}");
      assertThat(connection.wasClosedInOrder()).isTrue();
    }
  }
}

package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testkit.LogCapture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A head without end costs its sender the connection, and nobody else anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodedHeadTest {

  private static final int MIB = 1 << 20;
  private static final String ROUTE = "/v1/projects";

  private final LogCapture logs = new LogCapture();
  private final TestWorld world = new TestWorld();

  @AfterAll
  void close() {
    world.close();
    logs.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("floods")
  void a_flood_in_the_head_is_refused_in_our_words_or_cut_off(
      String what, String target, String headers) {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      int sent =
          connection.sendUntilClosed(
              "GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%s\r\n"
                  .formatted(target, TestWorld.ADMIN, headers),
              1);
      String answer = sent == 1 ? connection.answer() : "";

      assertThat(answer).matches("(?s)|HTTP/1\\.1 4\\d\\d .*\"code\":\"[a-z_]+\\.[a-z_]+\".*");
      assertThat(answer).doesNotContain(TestWorld.ADMIN, "flooded");
    }
    assertThat(world.anybody().get("/healthz").outcome()).isEqualTo("200");
    assertThat(world.as(TestWorld.ADMIN).get(ROUTE).outcome()).isEqualTo("200");
    assertThat(logs.lines()).noneMatch(line -> line.contains(TestWorld.ADMIN));
  }

  static Stream<Arguments> floods() {
    return Stream.of(
        Arguments.of("10,000 headers", ROUTE, many(10_000, "X-flooded-%d: a\r\n", "")),
        Arguments.of("a header of 1 MiB", ROUTE, "X-Long: " + "flooded".repeat(MIB / 7) + "\r\n"),
        Arguments.of("a credential of 1 MiB", ROUTE, "X-Api-Key: " + "a".repeat(MIB) + "\r\n"),
        Arguments.of("10,000 names", ROUTE + "?" + many(10_000, "flooded%d=1", "&"), ""),
        Arguments.of("one name 10,000 times", ROUTE + "?" + many(10_000, "limit=1", "&"), ""),
        Arguments.of("a query of 1 MiB", ROUTE + "?cursor=" + "a".repeat(MIB), ""),
        Arguments.of("a path of 64 KiB", ROUTE + "/" + "a".repeat(64 << 10), ""),
        Arguments.of("10,000 segments", ROUTE + "/a".repeat(10_000), ""),
        Arguments.of("10,000 escapes", ROUTE + "/" + "%2e%2e%2f".repeat(10_000), ""));
  }

  private static String many(int count, String pattern, String between) {
    return IntStream.range(0, count)
        .mapToObj(pattern::formatted)
        .collect(Collectors.joining(between));
  }
}

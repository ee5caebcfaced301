package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a request ends is one thing to everybody; what could be read in two ways is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FramingTest {

  private static final String NEXT = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

  private final TestWorld world = new TestWorld();

  @AfterAll
  void stop() {
    world.close();
  }

  @ParameterizedTest
  @MethodSource("ambiguous")
  void what_two_readers_could_read_in_two_ways_is_refused_and_the_connection_closed(
      String headers, String body) {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection.send(
          "POST /v1/projects/"
              + TestWorld.PROJECT
              + "/upload-tasks HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TestWorld.ADMIN
              + "\r\nContent-Type: application/json\r\n"
              + headers
              + "\r\n\r\n"
              + body
              + NEXT);

      assertThat(connection.answer())
          .startsWith("HTTP/1.1 400")
          .contains("request.malformed")
          .containsIgnoringCase("connection: close");
      assertThat(connection.rest()).isEmpty();
    }
  }

  static Stream<String[]> ambiguous() {
    return Stream.of(
            "Content-Length: 5\r\nContent-Length: 6|{\"a\":}",
            "Content-Length: 2\r\nContent-Length: 2|{}",
            "Content-Length: 2, 2|{}",
            "Content-Length: 2\r\nTransfer-Encoding: chunked|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 2|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip, chunked|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: xchunked|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: Chunked|2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: identity\r\nContent-Length: 2|{}",
            "Content-Length: +2|{}",
            "Content-Length: -2|{}",
            "Content-Length: 0x2|{}",
            "Content-Length: 99999999999999999999|{}",
            "Content-Length:|{}",
            "Content-Length : 2|{}",
            " Content-Length: 2|{}",
            "X-Folded: a\r\n Content-Length: 2|{}",
            "X-Folded: a\r\n\tb\r\nContent-Length: 2|{}",
            "X-Bare: a\nContent-Length: 2|{}",
            "X-Bare: a\rContent-Length: 2|{}",
            "Host: y\r\nContent-Length: 2|{}",
            "Transfer-Encoding: chunked|+2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked|0x2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked|-2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked|2 2\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked|2\r\n{}XX0\r\n\r\n",
            "Transfer-Encoding: chunked|2\n{}\n0\n\n",
            "Transfer-Encoding: chunked|2\r\n{}\r\n0\r\nX-Trailer: a\r\n\r\n",
            "Transfer-Encoding: chunked|fffffffff\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked|" + "0".repeat(300) + "2\r\n{}\r\n0\r\n\r\n")
        .map(shape -> shape.split("\\|", 2));
  }

  @Test
  void a_chunked_body_of_any_pieces_is_read_whole_and_the_next_request_is_served() {
    String pad = " ".repeat(40_000);
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection
          .head(
              "POST /v1/uploads/" + TestWorld.id(0xfff) + "/pause HTTP/1.1",
              "Host: x",
              "Authorization: Bearer " + TestWorld.ADMIN,
              "Content-Type: application/json",
              "Transfer-Encoding: chunked")
          .send("2\r\n{ \r\n1;name=value\r\n}\r\n" + Integer.toHexString(40_000) + "\r\n" + pad)
          .send("\r\n2\r\n\r\n\r\n0\r\n\r\n" + NEXT);

      assertThat(connection.answer()).contains("404").contains("upload_session.not_found");
      assertThat(connection.answer()).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_client_of_http_1_0_is_answered_and_its_connection_closed() {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection.head("GET /healthz HTTP/1.0", "Host: x").send(NEXT);

      assertThat(connection.rest())
          .startsWith("HTTP/1.1 200")
          .endsWith("{\"status\":\"up\"}")
          .containsIgnoringCase("connection: close");
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "http/1.1", "", "HTTP/1.0 "})
  void any_other_version_is_refused_with_words(String version) {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection.head("GET /healthz " + version, "Host: x");

      assertThat(connection.rest()).startsWith("HTTP/1.1 400").contains("request.malformed");
    }
  }

  @Test
  void a_client_that_asks_for_the_last_answer_gets_no_other() {
    try (RawConnection connection = new RawConnection(world.api.port())) {
      connection.head("GET /healthz HTTP/1.1", "Host: x", "Connection: TE, Close").send(NEXT);

      assertThat(connection.rest().split("HTTP/1.1 200", -1)).hasSize(2);
    }
  }
}

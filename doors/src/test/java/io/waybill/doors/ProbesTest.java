package io.waybill.doors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever asks whether we are well gets an answer, whatever others do. */
class ProbesTest {

  private static final int PATIENCE_MILLIS = 60_000;

  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final Probes probes =
      Probes.start(
          "127.0.0.1",
          0,
          new Readiness(List.of(new Readiness.Check("database", this::ask)), Duration.ofMillis(50)),
          type -> "as " + type);
  private final List<Socket> others = new ArrayList<>();

  private void ask() {
    asked.incrementAndGet();
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() throws IOException {
    answers.countDown();
    for (Socket other : others) {
      other.close();
    }
    probes.close();
  }

  @Test
  void four_hundred_clients_that_never_end_their_requests_keep_nobody_out() throws Exception {
    for (int i = 0; i < 400; i++) {
      begin("GET /healthz HTTP/1.1\r\nHost: ");
    }

    assertThat(status("/healthz")).isEqualTo(200);
  }

  @Test
  void a_client_that_never_ends_its_request_is_let_go() throws IOException {
    Socket slow = begin("GET /healthz HTTP/1.1\r\nHost: ");

    assertThat(slow.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void a_database_that_hangs_costs_one_question_however_often_we_are_asked() throws Exception {
    assertThat(status("/readyz")).isEqualTo(503);
    assertThat(status("/readyz")).isEqualTo(503);

    assertThat(asked).hasValue(1);
  }

  @Test
  void numbers_come_in_the_form_that_is_asked_for() throws Exception {
    assertThat(numbers("*/*")).isEqualTo("as " + MetricsFormat.TEXT);
    assertThat(
            numbers(
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2"))
        .isEqualTo("as " + MetricsFormat.OPEN_METRICS);
    assertThat(MetricsFormat.of(null)).isEqualTo(MetricsFormat.TEXT);
  }

  /** What is answered; its content type says the same. */
  private String numbers(String accept) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + probes.port() + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(page).header("Accept", accept).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body())
          .isEqualTo("as " + answer.headers().firstValue("Content-Type").orElseThrow());
      return answer.body();
    }
  }

  private Socket begin(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), probes.port());
    others.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private int status(String path) throws IOException, InterruptedException {
    URI page = URI.create("http://127.0.0.1:" + probes.port() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}

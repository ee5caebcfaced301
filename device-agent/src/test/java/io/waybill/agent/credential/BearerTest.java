package io.waybill.agent.credential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Question;
import io.waybill.agent.http.ApiClient;
import io.waybill.agent.http.HttpControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over HTTP, too, there is another one to show while a credential changes. */
@Timeout(60)
class BearerTest {

  private static final String LET_IN = "upload.session_not_found";

  @TempDir private Path folder;
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private volatile Set<String> good = Set.of();
  private HttpServer api;
  private Path path = Path.of("");

  @BeforeEach
  void open() throws IOException {
    path = Files.writeString(folder.resolve("credential"), "old\n");
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    api.createContext("/", this::answer);
    api.start();
  }

  @AfterEach
  void close() {
    api.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization").substring(7);
    shown.add(bearer);
    // who is let in asks for a session that nobody has
    String code = good.contains(bearer) ? "upload.session_not_found" : "auth.api_key_invalid";
    byte[] body = "{\"error\": {\"code\": \"%s\"}}".formatted(code).getBytes(UTF_8);
    exchange.sendResponseHeaders(good.contains(bearer) ? 404 : 401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String ask(Bearer bearer) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + api.getAddress().getPort());
    try (HttpControlPlane plane = new HttpControlPlane(new ApiClient(url, bearer, null, null))) {
      return plane.ask(Question.status(UUID.randomUUID(), UUID.randomUUID()))
              instanceof Answer.Refused<?> refused
          ? refused.error().code()
          : "done";
    }
  }

  @Test
  void the_next_one_is_shown_when_the_old_one_is_refused() throws Exception {
    Credentials credentials = Credentials.kept(path, "old");
    credentials.offer("new", 2);
    good = Set.of("old", "new");
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    good = Set.of("new");
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(shown).containsExactly("old", "old", "new", "new");
  }

  @Test
  void a_next_one_of_an_earlier_run_that_is_none_is_left_for_the_old_one() throws Exception {
    Files.writeString(folder.resolve("credential.next"), "never told\n");
    good = Set.of("old");
    Credentials credentials = Credentials.kept(path, "old");
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(shown).containsExactly("never told", "old", "old");
  }

  @Test
  void when_both_are_refused_each_was_shown_once() throws Exception {
    Files.writeString(folder.resolve("credential.next"), "never told\n");
    assertThat(ask(Credentials.kept(path, "old"))).isEqualTo("auth.api_key_invalid");
    assertThat(shown).containsExactly("never told", "old");
  }

  @Test
  void what_somebody_has_put_there_meanwhile_is_shown() throws Exception {
    Credentials credentials = Credentials.kept(path, "old");
    Files.writeString(path, "brought\n");
    good = Set.of("brought");
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(shown).containsExactly("old", "brought");
  }

  @Test
  void what_a_daemon_beside_us_has_got_and_not_settled_yet_is_shown() throws Exception {
    Credentials credentials = Credentials.kept(path, "old");
    Files.writeString(folder.resolve("credential.next"), "rotated\n");
    good = Set.of("rotated");
    assertThat(ask(credentials)).isEqualTo(LET_IN);
    assertThat(shown).containsExactly("old", "rotated");
  }

  @Test
  void an_api_key_is_shown_once() throws Exception {
    assertThat(ask(Bearer.of("wb_key"))).isEqualTo("auth.api_key_invalid");
    assertThat(shown).containsExactly("wb_key");
  }
}

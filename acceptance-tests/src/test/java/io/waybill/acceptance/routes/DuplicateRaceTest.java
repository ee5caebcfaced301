package io.waybill.acceptance.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.routes.Caller.Answer;
import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that comes many times at once with one key has one effect, whatever it asks for. */
@Timeout(600)
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuplicateRaceTest {
  private static final int RIVALS = 8;

  private final Site site;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Caller admin;
  private final Stage stage;

  DuplicateRaceTest(Site site) {
    this.site = site;
    this.admin = new Caller(client, site.api(), DevelopmentIdentities.API_KEY);
    this.stage = new Stage(site, admin);
  }

  @AfterAll
  void close() {
    client.close();
  }

  private static Stream<String> routes() {
    return Remembering.routes().stream();
  }

  @Test
  void the_page_names_the_routes() {
    assertThat(routes()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void one_effect_and_one_answer(String route) throws Exception {
    Request alone = stage.of(route);
    Answer only = settled(alone, "alone-" + Stage.name());
    assertThat(only.status()).as("%s: %s", route, only.text()).isBetween(200, 299);
    Request request = stage.of(route);
    String key = "raced-" + Stage.name();

    List<Answer> answers = Rivals.race(RIVALS, n -> settled(request, key));

    assertThat(answers).extracting(Answer::status).containsOnly(only.status());
    assertThat(answers).filteredOn(answer -> !answer.isReplayed()).hasSize(1);
    assertThat(answers)
        .extracting(DuplicateRaceTest::remembered)
        .containsOnly(remembered(answers.getFirst()));
    // One recovery is under way at a time: a second start joins it and leaves no row.
    if (!route.endsWith("/v1/recoveries")) {
      assertThat(rows(answers)).as("rows of the audit").isEqualTo(rows(List.of(only)));
    }
    assertThat(callsThatLeftRows(answers)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void another_request_with_the_key_is_refused(String route) {
    Request request = stage.of(route);
    Request other = stage.of(route);
    String key = "reused-" + Stage.name();
    Answer first = settled(request, key);
    assertThat(first.status()).as("%s: %s", route, first.text()).isBetween(200, 299);

    // Its path, its body or both are others, where there is anything that could be.
    if (!other.equals(request)) {
      assertThat(settled(other, key).outcome())
          .isEqualTo("409 idempotency.key_reused_with_different_request");
    }
    Answer elsewhere = settled(stage.of(another(route)), key);
    assertThat(elsewhere.outcome()).isEqualTo("409 idempotency.key_reused_with_different_request");
  }

  private static String another(String route) {
    String tags = "POST /v1/projects/{project_id}/tags";
    return route.equals(tags) ? "POST /v1/projects/{project_id}/tag-categories" : tags;
  }

  /** Asks as clients do: again while the first call is at work. */
  private Answer settled(Request request, String key) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .pollDelay(Duration.ZERO)
        .until(
            () -> admin.ask(request, Map.of("Idempotency-Key", key)),
            answer -> !answer.outcome().equals("409 idempotency.request_in_progress"));
  }

  /** What is told once is not told again. */
  private static String remembered(Answer answer) {
    return answer.text().replaceAll("(_material|\"secret)\":\"[^\"]*\"", "$1\":null");
  }

  private long rows(List<Answer> answers) {
    return site.database()
        .count(
            "select count(*) from audit_events where request_id = any(?)", (Object) ids(answers));
  }

  private long callsThatLeftRows(List<Answer> answers) {
    return site.database()
        .count(
            "select count(distinct request_id) from audit_events where request_id = any(?)",
            (Object) ids(answers));
  }

  private static String[] ids(List<Answer> answers) {
    return answers.stream().map(Answer::requestId).toArray(String[]::new);
  }
}

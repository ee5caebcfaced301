package io.waybill.acceptance.routes;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.routes.Caller.Answer;
import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Of all who have read one version and change it at once, one does; nobody loses what they wrote.
 */
@Timeout(300)
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatchRaceTest {
  private static final int RIVALS = 8;
  private static final String ITEMS = "items";

  private final Site site;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Caller admin;
  private final Stage stage;

  PatchRaceTest(Site site) {
    this.site = site;
    this.admin = new Caller(client, site.api(), DevelopmentIdentities.API_KEY);
    this.stage = new Stage(site, admin);
  }

  @AfterAll
  void close() {
    client.close();
  }

  private static Stream<String> changes() {
    return Remembering.routes().stream()
        .filter(route -> route.startsWith("PATCH ") && !route.contains("/bulk/"));
  }

  /** A member has a role and no name, so two of its changes may be the same. */
  private static Stream<String> namedChanges() {
    return changes().filter(route -> !route.endsWith("{subject_id}"));
  }

  @Test
  void every_resource_that_has_a_version_is_raced_for() {
    assertThat(changes()).hasSize(8).noneMatch(route -> Stage.change(route).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void one_of_those_who_read_a_version_changes_it(String route) throws Exception {
    Request first = stage.of(route);
    long version = versionOf(admin.ask(first));

    List<Answer> answers =
        Rivals.race(RIVALS, n -> admin.ask(first.saying(rival(route, n, version))));

    assertOneWon(answers, version);
    Answer winner = answers.stream().filter(a -> a.status() == 200).findFirst().orElseThrow();
    assertThat(versionOf(winner)).isEqualTo(version + 1);
    Answer afterwards = admin.ask(first.saying("{\"version\": %d}".formatted(version + 1)));
    assertThat(afterwards.outcome()).isEqualTo("200");
    assertThat(withoutSecrets(afterwards)).isEqualTo(withoutSecrets(winner));
  }

  private static String rival(String route, int number, long version) {
    String change =
        route.endsWith("{subject_id}")
            ? "\"role\": \"" + (number % 2 == 0 ? "maintainer" : "viewer") + "\""
            : Stage.change(route);
    return "{%s, \"version\": %d}".formatted(change, version);
  }

  /** One changed it, the others are told what has come of it, and the audit knows of the one. */
  private void assertOneWon(List<Answer> answers, long version) {
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(loser -> {
          assertThat(loser.outcome()).isEqualTo("409 request.version_conflict");
          assertThat(loser.json().at("/error/details/current_version").asLong())
              .isEqualTo(version + 1);
        });
    assertThat(audited(answers))
        .containsExactlyElementsOf(
            answers.stream().filter(a -> a.status() == 200).map(Answer::requestId).toList());
  }

  @ParameterizedTest
  @MethodSource("namedChanges")
  void who_names_no_version_changes_what_is_there_one_after_the_other(String route)
      throws Exception {
    Request first = stage.of(route);
    long version = versionOf(admin.ask(first));

    List<Answer> answers =
        Rivals.race(RIVALS, n -> admin.ask(first.saying("{" + Stage.change(route) + "}")));

    assertThat(answers).extracting(Answer::outcome).containsOnly("200");
    assertThat(answers)
        .extracting(PatchRaceTest::versionOf)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(version + 1, version + RIVALS).boxed().toList());
    assertThat(audited(answers))
        .containsExactlyInAnyOrderElementsOf(answers.stream().map(Answer::requestId).toList());
  }

  @Test
  void one_of_those_who_give_a_project_another_policy_does() throws Exception {
    Request first = stage.of("POST /v1/projects/{project_id}/storage-policy");
    long version = versionOf(admin.ask(first));
    List<String> bodies = new ArrayList<>();
    for (int n = 0; n < RIVALS; n++) {
      String body = stage.of("POST /v1/projects/{project_id}/storage-policy").body();
      bodies.add(body.replace("}", ", \"version\": %d}".formatted(version)));
    }

    assertOneWon(Rivals.race(RIVALS, n -> admin.ask(first.saying(bodies.get(n)))), version);
  }

  /** They lock each other's datasets in another order, too. */
  @Test
  void each_dataset_of_many_is_changed_by_one_of_those_who_change_them_together() throws Exception {
    List<String> datasets = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String path = stage.of("PATCH /v1/projects/{project_id}/datasets/{dataset_id}").path();
      datasets.add(path.substring(path.lastIndexOf('/') + 1));
    }
    Request bulk =
        new Request("PATCH", "/v1/projects/" + stage.project() + "/datasets/bulk/rename", "");

    List<Answer> answers =
        Rivals.race(
            RIVALS,
            n -> admin.ask(bulk.saying(items(n % 2 == 0 ? datasets : datasets.reversed()))));

    assertThat(answers).extracting(Answer::outcome).containsOnly("200");
    Map<String, Long> changed =
        answers.stream()
            .flatMap(answer -> answer.json().path("results").valueStream())
            .filter(result -> result.path("version").asLong(0) == 2)
            .collect(toMap(result -> result.path("dataset_id").asString(), one -> 1L, Long::sum));
    assertThat(changed).isEqualTo(datasets.stream().collect(toMap(Function.identity(), one -> 1L)));
    assertThat(audited(answers)).hasSize(datasets.size());
  }

  private static String items(List<String> datasets) {
    return "{\""
        + ITEMS
        + "\": ["
        + String.join(
            ", ",
            datasets.stream()
                .map(id ->
                    "{\"dataset_id\": \"%s\", \"name\": \"%s\", \"version\": 1}"
                        .formatted(id, Stage.name()))
                .toList())
        + "]}";
  }

  private static long versionOf(Answer answer) {
    assertThat(answer.outcome()).as(answer.text()).isEqualTo("200");
    JsonNode version = answer.json().findValue("version");
    return version == null ? -1 : version.asLong();
  }

  private static String withoutSecrets(Answer answer) {
    return answer.text().replaceAll("\"secret\":\"[^\"]*\"", "\"secret\":null");
  }

  /** The request of every row that these have left in the audit. */
  private List<String> audited(List<Answer> answers) {
    String[] ids = answers.stream().map(Answer::requestId).toArray(String[]::new);
    return site.database()
        .texts("select request_id from audit_events where request_id = any(?)", (Object) ids);
  }
}

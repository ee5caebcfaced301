package io.waybill.acceptance.described;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.described.Description.Operation;
import io.waybill.acceptance.described.Requests.Request;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Requests that are made from the description of the API, good ones and bad ones, by callers of two
 * tenants. None is answered with a defect or with something that is not described, and none with a
 * word of the other tenant.
 */
@Timeout(900)
class DescribedRequestsTest {

  private static final long SEED = 20261128;
  private static final int REQUESTS = Scale.times(4000);

  private static final Set<String> ENDS =
      Set.of("archive", "disable", "revoke", "storage-policy", "grant");

  private final Description description = new Description();
  private final Random random = new Random(SEED);
  private final Requests requests = new Requests(description, random);
  private final Party party = Party.of("ours-", DevelopmentIdentities.API_KEY);
  private final Party other = Party.of("theirs-", "wb_dev_other_local_only");
  private String deadKey = "";
  private final Set<String> vital = new HashSet<>();
  private final Set<String> succeeded = new HashSet<>();

  @TempDir private Path folder;

  /** Somebody who calls: whose tenant, and with what in the hand. */
  private record Caller(Party of, String token) {}

  @Test
  void no_request_meets_a_defect_or_a_word_of_another_tenant() throws Exception {
    try (Site site = Site.open(folder);
        HttpClient client = HttpClient.newHttpClient()) {
      site.controlApi();
      for (Party one : List.of(party, other)) {
        learnAtFirst(client, site.api(), one);
      }
      deadKey = deadKey(client, site.api());
      for (int n = 0; n < REQUESTS; n++) {
        Caller caller = caller();
        Party stranger = caller.of().equals(party) ? other : party;
        Request request = requests.next(caller.of(), stranger);
        if (!endsWhatTheRunLivesOn(request)) {
          caller.of().ids().says(request.text());
          HttpResponse<byte[]> answer = send(client, site.api(), caller.token(), request);
          hold(n, caller, stranger, request, answer);
        }
      }
    }
    assertThat(succeeded).hasSizeGreaterThan(description.operations().size() / 2);
  }

  @Test
  void an_answer_that_is_not_described_is_seen() {
    Operation projects =
        description.operations().stream()
            .filter(operation -> operation.toString().equals("GET /v1/projects"))
            .findFirst()
            .orElseThrow();

    assertThat(description.problems(projects, 200, "{\"projects\":[],\"next_cursor\":null}"))
        .isEmpty();
    assertThat(description.problems(projects, 200, "{\"projects\":[]}")).isNotEmpty();
    assertThat(description.problems(projects, 418, "{}")).containsExactly("418 is not described");
  }

  private void learnAtFirst(HttpClient client, URI api, Party one) throws Exception {
    for (String vitalOnes : List.of("/v1/api-keys", "/v1/permission-grants")) {
      one.ids().keep(read(get(client, api, one, vitalOnes)));
    }
    JsonNode projects = read(get(client, api, one, "/v1/projects"));
    one.ids().learn(projects);
    projects
        .path("projects")
        .forEach(project -> {
          vital.add(project.path("project_id").asString());
          vital.add(project.path("storage_policy_id").asString());
        });
  }

  /** A key that was good, and is revoked. */
  private String deadKey(HttpClient client, URI api) throws Exception {
    JsonNode made = read(ask(client, api, party, "POST", "/v1/api-keys", "{\"name\":\"dead\"}"));
    String path = "/v1/api-keys/" + made.path("api_key").path("api_key_id").asString();
    assertThat(ask(client, api, party, "DELETE", path, "").statusCode()).isEqualTo(204);
    return made.path("key_material").asString();
  }

  private static HttpResponse<byte[]> get(HttpClient client, URI api, Party one, String path)
      throws IOException, InterruptedException {
    return ask(client, api, one, "GET", path, "");
  }

  private static HttpResponse<byte[]> ask(
      HttpClient client, URI api, Party one, String method, String path, String body)
      throws IOException, InterruptedException {
    Operation operation = new Operation(method, path, MissingNode.getInstance());
    Map<String, String> headers =
        body.isEmpty() ? Map.of() : Map.of("Content-Type", "application/json");
    return send(client, api, one.adminKey(), new Request(operation, path, headers, body));
  }

  private Caller caller() {
    return switch (random.nextInt(40)) {
      case 0 -> new Caller(party, random.nextBoolean() ? deadKey : "wb_nobody_knows_this_key");
      case 1, 2, 3 -> new Caller(party, DevelopmentIdentities.VIEWER_API_KEY);
      case 4, 5, 6, 7 -> new Caller(party, DevelopmentIdentities.ROBOT_17_CREDENTIAL);
      case 8, 9, 10, 11, 12 -> new Caller(other, other.adminKey());
      default -> new Caller(party, party.adminKey());
    };
  }

  /** The first project, its policy: without them nothing more could be asked. */
  private boolean endsWhatTheRunLivesOn(Request request) {
    String path = request.target().replaceFirst("\\?.*", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    String before = path.substring(0, path.lastIndexOf('/'));
    return !request.operation().method().equals("GET")
        && (vital.contains(last)
            || (ENDS.contains(last)
                && vital.contains(before.substring(before.lastIndexOf('/') + 1))));
  }

  private static HttpResponse<byte[]> send(
      HttpClient client, URI api, String token, Request request)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(api + request.target()))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(request.operation().method(), BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    return client.send(builder.build(), BodyHandlers.ofByteArray());
  }

  private void hold(
      int number, Caller caller, Party stranger, Request request, HttpResponse<byte[]> answer) {
    String what = "request %d of seed %d: %s".formatted(number, SEED, request);
    String text = new String(answer.body(), UTF_8);
    int status = answer.statusCode();
    assertThat(status).as("%s: %s", what, text).isLessThan(500);
    boolean isRouted =
        !read(answer).path("error").path("code").asString("").startsWith("request.route");
    if (isRouted && status != 405) {
      assertThat(description.problems(request.operation(), status, text))
          .as("%s: %s", what, text)
          .isEmpty();
    }
    assertThat(stranger.ids().leakedTo(caller.of().ids(), text)).as("%s: %s", what, text).isEmpty();
    if (!request.text().contains(stranger.word())) {
      assertThat(text).as(what).doesNotContain(stranger.word());
    }
    if (status < 300) {
      succeeded.add(request.operation().toString());
      caller.of().ids().learn(read(answer));
    }
  }

  private static JsonNode read(HttpResponse<byte[]> answer) {
    return answer.body().length == 0
        ? JsonMapper.shared().createObjectNode()
        : JsonMapper.shared().readTree(answer.body());
  }
}

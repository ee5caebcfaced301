package io.waybill.acceptance.described;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.described.Bounds.Tried;
import io.waybill.acceptance.described.Description.Operation;
import io.waybill.acceptance.described.Description.Parameter;
import io.waybill.acceptance.described.Fields.Field;
import io.waybill.acceptance.routes.Caller;
import io.waybill.acceptance.routes.Caller.Answer;
import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.routes.Stage;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Each field of each request at, inside and outside the limits that the description has for it, and
 * as something else than it is: what cannot be is refused, and nothing is answered that is not
 * described.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFieldTest {

  /** What is wrong in every field. */
  private static final List<String> ANYWHERE =
      List.of(
          "null",
          "\" \"",
          "\"\\u202e\"",
          "\"../../etc/passwd\"",
          "\"\\ud83d\\ude00\"",
          "\"" + "x".repeat(20_000) + "\"",
          "-1e-300",
          "[null]",
          "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
          "{\"password\":\"p\"}");

  private static final List<String> NO_WORDS =
      List.of(
          "",
          "%20",
          "%00",
          "%FF",
          "%ED%A0%80",
          "null",
          "-1",
          "0",
          "1e9",
          "99999999999999999999",
          "0000-00-00T00:00:00Z",
          "%2B294277-01-01T00:00:00Z",
          "00000000-0000-0000-0000-000000000000",
          "%27%20or%201%3D1",
          "x".repeat(513));

  private static final Description DESCRIPTION = new Description();

  @TempDir private static Path folder;

  private final Fields fields = new Fields(DESCRIPTION);
  private final HttpClient client = HttpClient.newHttpClient();
  private Site site;
  private Caller admin;
  private Stage stage;

  @BeforeAll
  void start() {
    site = Site.open(folder);
    site.controlApi(Map.of("WAYBILL_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1"));
    admin = new Caller(client, site.api(), DevelopmentIdentities.API_KEY);
    stage = new Stage(site, admin);
  }

  @AfterAll
  void stop() {
    client.close();
    site.close();
  }

  private static Stream<Operation> operations() {
    return DESCRIPTION.operations().stream();
  }

  private static Stream<Operation> withBodies() {
    return operations().filter(Operation::hasBody);
  }

  private static Stream<Operation> withQueries() {
    return operations().filter(operation -> !DESCRIPTION.queryOf(operation).isEmpty());
  }

  private static Stream<Operation> withPlaces() {
    return operations().filter(operation -> operation.template().contains("{"));
  }

  @ParameterizedTest
  @MethodSource("withBodies")
  void a_body(Operation operation) {
    Request good = stage.of(operation.toString());
    JsonNode schema = DESCRIPTION.bodyOf(operation);
    JsonNode body = JsonMapper.shared().readTree(good.body().isEmpty() ? "{}" : good.body());
    for (Field field : fields.of(schema)) {
      for (String anything : ANYWHERE) {
        hold(operation, good.saying(fields.with(body, schema, field, anything)));
      }
      JsonNode item = fields.sample(field.schema().path("items"));
      for (Tried tried : Bounds.of(field.schema(), item)) {
        Request request = good.saying(fields.with(body, schema, field, tried.json()));
        Answer answer = hold(operation, request);
        if (tried.isWrong()) {
          // Routes for many things at once refuse one of them in its place.
          assertThat(answer.status() >= 400 || answer.text().contains("\"error\":{"))
              .as(said(operation, request, answer))
              .isTrue();
        }
      }
    }
    for (String whole : List.of("", "null", "[]", "7", "\"a\"", "{", "{\"a\":1,\"a\":2}", "{}{}")) {
      hold(operation, good.saying(whole));
    }
    assertThat(hold(operation, good.saying("{\"no_such_field\": 1}")).outcome())
        .isEqualTo("422 request.validation_failed");
  }

  @ParameterizedTest
  @MethodSource("withQueries")
  void a_query(Operation operation) {
    Request good = stage.of(operation.toString());
    for (Parameter parameter : DESCRIPTION.queryOf(operation)) {
      for (String word : NO_WORDS) {
        asked(operation, good, parameter.name() + "=" + word);
      }
      asked(operation, good, parameter.name());
      asked(operation, good, parameter.name() + "=1&" + parameter.name() + "=1");
      for (Tried tried : Bounds.of(parameter.schema(), parameter.schema())) {
        String json = tried.json();
        boolean isText = Fields.type(parameter.schema()).equals("string");
        if (json.startsWith("\"") == isText && !json.contains("\\") && !json.startsWith("[")) {
          String word = URLEncoder.encode(json.replace("\"", ""), UTF_8);
          Answer answer = asked(operation, good, parameter.name() + "=" + word);
          if (tried.isWrong()) {
            assertThat(answer.outcome())
                .as("%s?%s=%s", operation, parameter.name(), word)
                .isEqualTo("422 request.validation_failed");
          }
        }
      }
    }
    assertThat(asked(operation, good, "no_such_parameter=1").outcome())
        .isEqualTo("422 request.validation_failed");
  }

  private Answer asked(Operation operation, Request good, String query) {
    return hold(operation, new Request(good.method(), good.path() + "?" + query, good.body()));
  }

  /** Whatever stands where an id belongs is an id that nobody knows. */
  @ParameterizedTest
  @MethodSource("withPlaces")
  void a_path(Operation operation) {
    String body = stage.of(operation.toString()).body();
    for (String id : List.of(UUID.randomUUID().toString(), "a", "%00", "x".repeat(2000), "%FF")) {
      String path = operation.template().replaceAll("\\{[a-z_]+}", id);
      Answer answer = hold(operation, new Request(operation.method(), path, body));
      assertThat(answer.status()).as("%s %s", operation, answer.text()).isBetween(400, 499);
    }
  }

  private Answer hold(Operation operation, Request request) {
    Answer answer = admin.ask(request);
    String what = said(operation, request, answer);
    assertThat(answer.status()).as(what).isLessThan(500);
    assertThat(DESCRIPTION.problems(operation, answer.status(), answer.text())).as(what).isEmpty();
    return answer;
  }

  private static String said(Operation operation, Request request, Answer answer) {
    String text = request.path() + " " + request.body();
    return "%s: %s: %s"
        .formatted(
            operation, text.length() > 2000 ? text.substring(0, 2000) + "…" : text, answer.text());
  }
}

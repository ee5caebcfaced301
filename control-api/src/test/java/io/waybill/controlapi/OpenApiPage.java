package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.helidon.common.uri.UriPath;
import io.helidon.http.PathMatchers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code openapi.yaml}, read as a machine reads it. */
final class OpenApiPage {

  private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");
  private static final String JSON = "/content/application~1json/schema";
  private static final JsonNode ERROR =
      JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Error");

  /** Where there is no route: unreadable, no such route, no such method. */
  private static final Set<String> UNROUTED = Set.of("400", "404", "405");

  private final JsonNode page = read();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

  private static JsonNode read() {
    try (InputStream in = OpenApiPage.class.getResourceAsStream("/openapi.yaml")) {
      return YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build()
          .readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** {@code GET /v1/projects} and so on. */
  Set<String> operations() {
    Set<String> operations = new LinkedHashSet<>();
    page.get("paths")
        .properties()
        .forEach(path ->
            path.getValue().propertyNames().stream()
                .filter(METHODS::contains)
                .forEach(method ->
                    operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return operations;
  }

  /** The one status of an operation that is no refusal. */
  String successOf(String operation) {
    return statusesOf(operation(operation)).stream()
        .filter(status -> status.startsWith("2"))
        .collect(Collectors.joining(" or "));
  }

  String descriptionOf(String operation) {
    return operation(operation).path("description").asString("");
  }

  private JsonNode operation(String name) {
    int space = name.indexOf(' ');
    return operation(name.substring(0, space), name.substring(space + 1));
  }

  /** Names of an operation's query parameters. */
  Set<String> queryOf(String method, String template) {
    return operation(method, template)
        .path("parameters")
        .valueStream()
        .map(this::resolved)
        .filter(parameter -> parameter.path("in").asString().equals("query"))
        .map(parameter -> parameter.get("name").asString())
        .collect(Collectors.toSet());
  }

  /** Holds an exchange against the page; an answer of no route must still be an error of ours. */
  void hold(String method, String target, byte[] body, HttpAnswer answer) {
    String path = target.replaceFirst("\\?.*", "");
    JsonNode operation =
        page.get("paths").propertyNames().stream()
            .filter(template -> PathMatchers.create(template).match(uri(path)).accepted())
            .findFirst()
            .map(template -> operation(method, template))
            .orElseGet(() -> page.path("no such path"));
    String sent = new String(body, StandardCharsets.UTF_8);
    if (answer.status() < 300 && !sent.isEmpty() && !sent.equals("null")) {
      conform("request of " + method + " " + path, operation.at("/requestBody" + JSON), sent);
    }
    if (!method.equals("OPTIONS")) {
      assertThat(operation.isMissingNode() ? UNROUTED : statusesOf(operation))
          .as("%s %s answers what is not described", method, path)
          .contains(Integer.toString(answer.status()));
    }
    if (answer.header("Content-Type").equals("application/json")) {
      conform(
          answer.status() + " of " + method + " " + path,
          operation.isMissingNode()
              ? ERROR
              : resolved(operation.path("responses").path("" + answer.status())).at(JSON),
          answer.text());
    }
  }

  /** The statuses that an operation is described to answer. */
  Set<String> statusesOf(String method, String template) {
    return statusesOf(operation(method, template));
  }

  private static Set<String> statusesOf(JsonNode operation) {
    return Set.copyOf(operation.path("responses").propertyNames());
  }

  /** What is said of a status of refusals, wherever it is answered; null where it never is. */
  @Nullable String refusal(int status) {
    Set<JsonNode> said =
        page.get("paths").findValues("" + status).stream()
            .filter(response -> response.has("$ref"))
            .map(this::resolved)
            .collect(Collectors.toSet());
    assertThat(said).as("%s is described in one way", status).hasSizeLessThan(2);
    return said.stream().map(one -> one.get("description").asString()).findFirst().orElse(null);
  }

  private void conform(String what, JsonNode schema, String json) {
    assertThat(schema.isMissingNode()).as("%s has no schema", what).isFalse();
    List<Error> problems =
        schemas.computeIfAbsent(schema, this::compiled).validate(json, InputFormat.JSON);
    assertThat(problems).as("%s: %s", what, json).isEmpty();
  }

  /** A schema of its own, with the page's components beside it so that its references hold. */
  private Schema compiled(JsonNode schema) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", page.get("components"));
    return registry.getSchema(whole);
  }

  private JsonNode operation(String method, String template) {
    return page.get("paths").path(template).path(method.toLowerCase(Locale.ROOT));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? page.at(node.get("$ref").asString().substring(1)) : node;
  }

  private static UriPath uri(String path) {
    return UriPath.create(path);
  }
}

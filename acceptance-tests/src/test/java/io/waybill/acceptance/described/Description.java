package io.waybill.acceptance.described;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.waybill.acceptance.site.Checkout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code docs/openapi.yaml}: what may be asked, and what may be answered. */
final class Description {

  private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");
  private static final String JSON = "/content/application~1json/schema";

  private final JsonNode page =
      new YAMLMapper().readTree(Checkout.ROOT.resolve("docs/openapi.yaml").toFile());
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<JsonNode, Schema> compiled = new HashMap<>();

  /** One thing that can be asked. */
  record Operation(String method, String template, JsonNode said) {

    boolean hasBody() {
      return said.has("requestBody");
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  /** What can be said behind the question mark. */
  record Parameter(String name, JsonNode schema) {}

  /** Everything about uploads and the platform: probes and pages are no business of theirs. */
  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    page.get("paths")
        .properties()
        .forEach(path ->
            path.getValue().properties().stream()
                .filter(
                    method -> path.getKey().startsWith("/v1/") && METHODS.contains(method.getKey()))
                .filter(method -> hasEnd(method.getValue()))
                .map(method ->
                    new Operation(
                        method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))
                .forEach(operations::add));
    return operations;
  }

  /** Whether its answer has one: nobody waits for a stream to be over. */
  private static boolean hasEnd(JsonNode operation) {
    JsonNode content = operation.path("responses").path("200").path("content");
    return !content.has("text/event-stream");
  }

  JsonNode bodyOf(Operation operation) {
    return resolved(operation.said().at("/requestBody" + JSON));
  }

  List<Parameter> queryOf(Operation operation) {
    return operation
        .said()
        .path("parameters")
        .valueStream()
        .map(this::resolved)
        .filter(parameter -> parameter.path("in").asString().equals("query"))
        .map(parameter ->
            new Parameter(parameter.get("name").asString(), resolved(parameter.get("schema"))))
        .toList();
  }

  /** What is wrong with an answer to this, or nothing. */
  List<String> problems(Operation operation, int status, String body) {
    JsonNode response = resolved(operation.said().path("responses").path("" + status));
    if (response.isMissingNode()) {
      return List.of(status + " is not described");
    }
    JsonNode schema = response.at(JSON);
    if (schema.isMissingNode()) {
      return body.isEmpty() ? List.of() : List.of("a body is not described");
    }
    return compiled
        .computeIfAbsent(schema, this::compiled)
        .validate(body, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  /** A schema of its own, with the page's components beside it so that its references hold. */
  private Schema compiled(JsonNode schema) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", page.get("components"));
    return registry.getSchema(whole);
  }

  /** What a reference leads to. */
  JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? page.at(node.get("$ref").asString().substring(1)) : node;
  }
}

package io.waybill.controlapi.pages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** {@code openapi.yaml} for people: every call and every shape on one page. */
public final class ApiPage {

  private static final List<String> METHODS = List.of("get", "post", "patch", "put", "delete");

  private final JsonNode api;

  private ApiPage(JsonNode api) {
    this.api = api;
  }

  public static String of(String yaml) {
    return new ApiPage(new YAMLMapper().readTree(yaml)).html();
  }

  private String html() {
    JsonNode info = api.get("info");
    String title = info.get("title").asString();
    String nav =
        tags().stream()
            .map(tag -> "<a href=\"#tag-%1$s\">%1$s</a>".formatted(Html.escaped(tag)))
            .collect(Collectors.joining("\n"));
    String calls = tags().stream().map(this::section).collect(Collectors.joining());
    return Html.page(
        title,
        """
        <h1>%s</h1>
        %s<nav>
        %s
        <a href="#shapes">shapes</a>
        <a href="/openapi.yaml">openapi.yaml</a>
        <a href="/openapi.json">openapi.json</a>
        </nav>
        %s<h2 id="shapes">shapes</h2>
        %s\
        """
            .formatted(
                Html.escaped(title),
                Html.prose(info.path("description").asString("")),
                nav,
                calls,
                shapes()));
  }

  private List<String> tags() {
    return api.path("tags").valueStream().map(tag -> tag.get("name").asString()).toList();
  }

  private String section(String tag) {
    String calls =
        api.get("paths").properties().stream()
            .flatMap(path -> operations(path).map(call -> operation(tag, path, call)))
            .collect(Collectors.joining());
    return "<h2 id=\"tag-%1$s\">%1$s</h2>\n%2$s".formatted(Html.escaped(tag), calls);
  }

  private static Stream<Map.Entry<String, JsonNode>> operations(Map.Entry<String, JsonNode> path) {
    return path.getValue().properties().stream().filter(call -> METHODS.contains(call.getKey()));
  }

  /** Empty where the call is of another tag. */
  private String operation(
      String tag, Map.Entry<String, JsonNode> path, Map.Entry<String, JsonNode> call) {
    JsonNode operation = call.getValue();
    if (operation.path("tags").valueStream().noneMatch(name -> name.asString().equals(tag))) {
      return "";
    }
    return """
    <details id="%s"><summary><b class="method %2$s">%2$s</b> <code>%3$s</code> <span>%4$s</span></summary>
    <div>
    <p><a href="/try?call=%1$s">Try it out</a></p>
    %5$s%6$s%7$s%8$s</div></details>
    """
        .formatted(
            Html.escaped(operation.path("operationId").asString("")),
            call.getKey().toUpperCase(Locale.ROOT),
            Html.escaped(path.getKey()),
            Html.escaped(operation.path("summary").asString("")),
            Html.prose(operation.path("description").asString("")),
            parameters(path.getValue(), operation),
            body(operation),
            responses(operation));
  }

  private String parameters(JsonNode path, JsonNode operation) {
    String rows =
        Stream.of(path, operation)
            .flatMap(owner -> owner.path("parameters").valueStream())
            .map(this::resolved)
            .map(parameter ->
                SchemaText.row(
                    parameter.get("name").asString(),
                    parameter.path("required").asBoolean(false),
                    parameter.path("schema"),
                    parameter.path("description").asString("")))
            .collect(Collectors.joining());
    return rows.isEmpty() ? "" : "<h3>Parameters</h3>\n<table>\n" + rows + "</table>\n";
  }

  private static String body(JsonNode operation) {
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    return schema.isMissingNode()
        ? ""
        : "<h3>Body</h3>\n<p>%s</p>\n%s"
            .formatted(SchemaText.type(schema), SchemaText.properties(schema));
  }

  private String responses(JsonNode operation) {
    String rows =
        operation.path("responses").properties().stream()
            .map(response -> response(response.getKey(), resolved(response.getValue())))
            .collect(Collectors.joining());
    return "<h3>Answers</h3>\n<table>\n" + rows + "</table>\n";
  }

  private static String response(String status, JsonNode response) {
    String shapes =
        response.path("content").properties().stream()
            .map(content -> content.getValue().path("schema"))
            .map(schema -> SchemaText.type(schema) + SchemaText.properties(schema))
            .collect(Collectors.joining());
    return "<tr><td><code>%s</code></td><td>%s%s</td></tr>\n"
        .formatted(
            Html.escaped(status), Html.prose(response.path("description").asString("")), shapes);
  }

  private String shapes() {
    return api.at("/components/schemas").properties().stream()
        .map(shape ->
            "<details id=\"%1$s\" open><summary><code>%1$s</code> <span>%2$s</span></summary>\n<div>\n%3$s%4$s</div></details>\n"
                .formatted(
                    Html.escaped(shape.getKey()),
                    SchemaText.type(shape.getValue()),
                    Html.prose(shape.getValue().path("description").asString("")),
                    SchemaText.properties(shape.getValue())))
        .collect(Collectors.joining());
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? api.at(node.get("$ref").asString().substring(1)) : node;
  }
}

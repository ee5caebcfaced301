package io.waybill.controlapi.pages;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Says in a few words what a JSON Schema of our description allows. */
final class SchemaText {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final List<String> BOUNDS =
      List.of(
          "format",
          "pattern",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "default");

  private SchemaText() {}

  /** One line: the type, what is allowed, the bounds. */
  static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      return link(schema.get("$ref").asString());
    }
    if (schema.has("enum")) {
      return schema
          .get("enum")
          .valueStream()
          .map(value -> code(value.isNull() ? "null" : value.asString()))
          .collect(Collectors.joining(" · "));
    }
    if (schema.has("const")) {
      return code(schema.get("const").asString());
    }
    for (String combination : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(combination)) {
        String word = combination.equals("allOf") ? " and " : " or ";
        return schema
            .get(combination)
            .valueStream()
            .map(SchemaText::type)
            .collect(Collectors.joining(word));
      }
    }
    String name = typeName(schema);
    return (schema.has("items") ? name + " of " + type(schema.get("items")) : name)
        + bounds(schema);
  }

  /** A row for each property; empty where there is none. */
  static String properties(JsonNode schema) {
    Set<String> required =
        schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    String rows =
        schema.path("properties").properties().stream()
            .map(property ->
                row(
                    property.getKey(),
                    required.contains(property.getKey()),
                    property.getValue(),
                    property.getValue().path("description").asString("")))
            .collect(Collectors.joining());
    return rows.isEmpty() ? "" : "<table>\n" + rows + "</table>\n";
  }

  /** One named value with its schema. */
  static String row(String name, boolean isRequired, JsonNode schema, String description) {
    return "<tr><td>%s%s</td><td>%s%s</td></tr>\n"
        .formatted(
            code(name), isRequired ? " required" : "", type(schema), Html.prose(description));
  }

  private static String typeName(JsonNode schema) {
    JsonNode type = schema.path("type");
    String names =
        type.isArray()
            ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
            : type.asString("any");
    return Html.escaped(names);
  }

  private static String bounds(JsonNode schema) {
    return BOUNDS.stream()
        .filter(schema::has)
        .map(bound -> ", " + bound + " " + code(schema.get(bound).toString().replace("\"", "")))
        .collect(Collectors.joining());
  }

  private static String link(String reference) {
    String name = reference.replace(SCHEMAS, "");
    return "<a href=\"#%1$s\">%1$s</a>".formatted(Html.escaped(name));
  }

  private static String code(String text) {
    return "<code>" + Html.escaped(text) + "</code>";
  }
}

package io.waybill.acceptance.described;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of a body, however deep they lie, and bodies in which one of them is another value.
 */
final class Fields {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String MARK = "@here@";
  private static final int DEEPEST = 4;

  private final Description description;

  Fields(Description description) {
    this.description = description;
  }

  /**
   * One field.
   *
   * @param path names, and {@code []} for an item of a list
   */
  record Field(List<String> path, JsonNode schema) {

    /** As errors name it: {@code objects[0].object_name}. */
    String name() {
      return String.join(".", path).replace(".[]", "[0]");
    }
  }

  List<Field> of(JsonNode body) {
    List<Field> fields = new ArrayList<>();
    collect(List.of(), description.resolved(body), fields);
    return fields;
  }

  private void collect(List<String> path, JsonNode schema, List<Field> fields) {
    if (!path.isEmpty()) {
      fields.add(new Field(path, schema));
    }
    if (path.size() < DEEPEST) {
      schema
          .path("properties")
          .properties()
          .forEach(one ->
              collect(longer(path, one.getKey()), description.resolved(one.getValue()), fields));
      if (schema.has("items")) {
        collect(longer(path, "[]"), description.resolved(schema.get("items")), fields);
      }
    }
  }

  private static List<String> longer(List<String> path, String last) {
    List<String> longer = new ArrayList<>(path);
    longer.add(last);
    return List.copyOf(longer);
  }

  /** The body with this value, as it is written, in the field; what is on the way there is made. */
  String with(JsonNode body, JsonNode schema, Field field, String value) {
    JsonNode copy = body.deepCopy();
    set(copy, description.resolved(schema), field.path());
    return copy.toString().replace("\"" + MARK + "\"", value);
  }

  private void set(JsonNode at, JsonNode schema, List<String> path) {
    String first = path.getFirst();
    boolean isLast = path.size() == 1;
    if (first.equals("[]")) {
      ArrayNode array = (ArrayNode) at;
      JsonNode item = description.resolved(schema.path("items"));
      if (isLast) {
        array.removeAll();
        array.add(MARK);
      } else {
        if (array.isEmpty()) {
          array.add(sample(item));
        }
        set(array.get(0), item, path.subList(1, path.size()));
      }
      return;
    }
    ObjectNode object = (ObjectNode) at;
    JsonNode property = description.resolved(schema.path("properties").path(first));
    if (isLast) {
      object.put(first, MARK);
      return;
    }
    if (!object.path(first).isContainer()) {
      object.set(first, sample(property));
    }
    set(object.get(first), property, path.subList(1, path.size()));
  }

  /** The smallest value that a schema allows, or about. */
  JsonNode sample(JsonNode of) {
    JsonNode schema = description.resolved(of);
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    return switch (type(schema)) {
      case "object" -> {
        ObjectNode object = JSON.objectNode();
        schema
            .path("required")
            .forEach(name ->
                object.set(
                    name.asString(), sample(schema.path("properties").path(name.asString()))));
        yield object;
      }
      case "array" -> JSON.arrayNode();
      case "integer", "number" -> JSON.numberNode(schema.path("minimum").asLong(1));
      case "boolean" -> JSON.booleanNode(true);
      default ->
          JSON.stringNode(
              schema.path("format").asString("").equals("uuid")
                  ? "0190a000-0000-7000-8000-00000000ffff"
                  : "a");
    };
  }

  /** What it is when it is not null. */
  static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return type.asString(schema.has("properties") ? "object" : "");
    }
    return type.valueStream()
        .map(JsonNode::asString)
        .filter(one -> !one.equals("null"))
        .findFirst()
        .orElse("");
  }
}

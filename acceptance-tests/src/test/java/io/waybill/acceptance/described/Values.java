package io.waybill.acceptance.described;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a schema allows, most of them of the small and ordinary kind. */
final class Values {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What a pattern allows is said here by an example. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "checksum_sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
          "object_name", "run.mcap",
          "content_type", "application/octet-stream",
          "etag", "\"d41d8cd98f00b204e9800998ecf8427e\"");

  /** Fields of which only one may be sent. */
  private static final Map<String, String> INSTEAD_OF =
      Map.of(
          "part_number_start", "part_numbers",
          "part_number_end", "part_numbers",
          "dataset_name", "dataset_id",
          "source_device_code", "source_device_id");

  private final Description description;
  private final Party party;
  private final Random random;

  /** Values that this party could send. */
  Values(Description description, Party party, Random random) {
    this.description = description;
    this.party = party;
    this.random = random;
  }

  JsonNode valid(String name, JsonNode of) {
    JsonNode schema = description.resolved(of);
    if (schema.has("oneOf")) {
      return valid(name, any(schema.get("oneOf")));
    }
    if (schema.has("enum")) {
      return any(schema.get("enum"));
    }
    return switch (type(schema)) {
      case "null" -> JSON.nullNode();
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      case "integer", "number" -> JSON.numberNode(number(schema));
      case "string" -> JSON.stringNode(text(name, schema));
      case "array" -> array(name, schema);
      default -> object(schema);
    };
  }

  private JsonNode any(JsonNode list) {
    return list.get(random.nextInt(list.size()));
  }

  private String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return type.asString("object");
    }
    List<String> types =
        StreamSupport.stream(type.spliterator(), false).map(JsonNode::asString).toList();
    boolean isNull = types.contains("null") && random.nextInt(6) == 0;
    return isNull ? "null" : types.stream().filter(t -> !t.equals("null")).findFirst().orElse("");
  }

  private long number(JsonNode schema) {
    long least = schema.path("minimum").asLong(1);
    long most = schema.path("maximum").asLong(Math.max(least, 1000));
    return switch (random.nextInt(6)) {
      case 0 -> most;
      case 1 -> Math.min(most, least + random.nextInt(20));
      default -> least;
    };
  }

  private String text(String name, JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "uuid" -> party.ids().any(name, random);
      case "date-time" ->
          Instant.parse("2027-01-01T00:00:00Z").plusSeconds(number(schema)).toString();
      default -> word(name, schema);
    };
  }

  private String word(String name, JsonNode schema) {
    String example = EXAMPLES.getOrDefault(name, "");
    if (!example.isEmpty() && random.nextInt(8) != 0) {
      return example;
    }
    String word = party.word() + random.nextInt(100_000);
    int least = schema.path("minLength").asInt(0);
    return word.length() >= least ? word : word + "x".repeat(least - word.length());
  }

  private JsonNode array(String name, JsonNode schema) {
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(least + 2), least + 2);
    ArrayNode array = JSON.arrayNode();
    int size =
        Math.max(random.nextInt(8) == 0 ? least : 1, least + random.nextInt(most - least + 1));
    for (int i = 0; i < size; i++) {
      // part_numbers holds numbers, tag_ids ids: of what the list has its name
      array.add(valid(name.replaceFirst("s$", ""), schema.path("items")));
    }
    return array;
  }

  /** Whether another field says the same already. Sometimes both are sent all the same. */
  private boolean isExcluded(String name, ObjectNode by) {
    return by.has(INSTEAD_OF.getOrDefault(name, name)) && random.nextInt(8) != 0;
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = JSON.objectNode();
    List<String> required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asString)
            .toList();
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          boolean isWanted = required.contains(property.getKey()) || random.nextInt(3) == 0;
          if (isWanted && !isExcluded(property.getKey(), object)) {
            object.set(property.getKey(), valid(property.getKey(), property.getValue()));
          }
        });
    return object;
  }
}

package io.waybill.acceptance.described;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What no client should send, and some will: one thing at a time, in an otherwise good request. */
final class Hostile {

  /** Stands in a tree where something stands in the text that no tree can hold. */
  private static final String MARK = "@hostile@";

  /** JSON, as it is written. */
  static final List<String> JSON =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e300",
          "-1e-300",
          "9007199254740993",
          "9223372036854775808",
          "1" + "0".repeat(90),
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"a\\u202egnp.exe\"",
          "\"../../etc/passwd\"",
          "\"<script>alert(1)</script>\"",
          "\"'; drop table projects; --\"",
          "\"%00%2e%2e%2f\"",
          "\"\\u1F600 \\ud83d\\ude00\"",
          "\"" + "x".repeat(20_000) + "\"",
          "\"0000-00-00T00:00:00Z\"",
          "\"+294277-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:60Z\"",
          "\"00000000-0000-0000-0000-000000000000\"",
          "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"",
          "[]",
          "[null]",
          "[[[[]]]]",
          "[" + "1,".repeat(2000) + "1]",
          "{}",
          "{\"\":\"\"}",
          "{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}",
          "{\"$ref\":\"http://127.0.0.1/\"}",
          "{\"password\":\"p\"}");

  /** The same for places in an address. */
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "1e9",
          "99999999999999999999",
          "...", // two dots are taken out of an address, which then asks for something else
          "%",
          "\u0000",
          "\u202e",
          "a/b",
          "a?b=c",
          "a;b",
          "ü",
          "\ud83d\ude00",
          "x".repeat(3000),
          "' or 1=1",
          "*",
          "{id}",
          "0000-00-00T00:00:00Z",
          "+294277-01-01T00:00:00Z",
          "-4713-01-01T00:00:00Z",
          "00000000-0000-0000-0000-000000000000",
          "AAAAAAAAAAAAAAAAAAAAAA==");

  private final Random random;

  Hostile(Random random) {
    this.random = random;
  }

  String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** A body with one thing wrong. */
  String spoilt(JsonNode body) {
    String good = body.toString();
    return switch (random.nextInt(12)) {
      case 0 -> good.substring(0, random.nextInt(good.length() + 1));
      case 1 -> json();
      case 2 -> "{" + "\"twice\":1,\"twice\":1}";
      case 3 -> "[".repeat(600) + "]".repeat(600);
      case 4 -> with(body, "not_a_field");
      case 5 -> without(body);
      default -> replaced(body);
    };
  }

  private String json() {
    return JSON.get(random.nextInt(JSON.size()));
  }

  private String with(JsonNode body, String name) {
    JsonNode copy = body.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.put(name, 1);
    }
    return copy.toString();
  }

  private String without(JsonNode body) {
    JsonNode copy = body.deepCopy();
    List<ObjectNode> objects = objectsOf(copy);
    if (!objects.isEmpty()) {
      ObjectNode one = objects.get(random.nextInt(objects.size()));
      one.remove(any(List.copyOf(one.propertyNames())));
    }
    return copy.toString();
  }

  /** Some value, however deep it lies, is another. */
  private String replaced(JsonNode body) {
    JsonNode copy = body.deepCopy();
    List<ObjectNode> objects = objectsOf(copy);
    if (objects.isEmpty()) {
      return json();
    }
    ObjectNode one = objects.get(random.nextInt(objects.size()));
    String name = any(List.copyOf(one.propertyNames()));
    if (one.get(name) instanceof ArrayNode array && random.nextBoolean()) {
      array.add(MARK);
    } else {
      one.set(name, JsonNodeFactory.instance.stringNode(MARK));
    }
    return copy.toString().replace("\"" + MARK + "\"", json());
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private static List<ObjectNode> objectsOf(JsonNode tree) {
    List<ObjectNode> objects = new ArrayList<>();
    if (tree instanceof ObjectNode object && !object.isEmpty()) {
      objects.add(object);
    }
    tree.forEach(child -> objects.addAll(objectsOf(child)));
    return objects;
  }
}

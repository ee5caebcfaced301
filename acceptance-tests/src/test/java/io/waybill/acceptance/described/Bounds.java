package io.waybill.acceptance.described;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Values about the limits that a schema has, as they are written in JSON. */
final class Bounds {
  private static final int LONGEST_TRIED = 20_000;

  /** A value, and whether the schema says that it cannot be. */
  record Tried(String json, boolean isWrong) {}

  private Bounds() {}

  static List<Tried> of(JsonNode schema, JsonNode sampleItem) {
    List<Tried> tried = new ArrayList<>();
    switch (Fields.type(schema)) {
      case "string" -> texts(schema, tried);
      case "integer" -> numbers(schema, tried);
      case "array" -> lists(schema, sampleItem, tried);
      default -> {
        // It has no more limits than its parts.
      }
    }
    return tried;
  }

  private static void texts(JsonNode schema, List<Tried> tried) {
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(-1);
    boolean isNoWord = schema.has("enum") || schema.has("format");
    for (int length : new int[] {least - 1, least, most - 1, most, most + 1}) {
      if (length >= 0 && length <= LONGEST_TRIED) {
        boolean isOutside = length < least || (most >= 0 && length > most);
        tried.add(new Tried("\"" + "x".repeat(length) + "\"", isOutside || isNoWord));
      }
    }
    tried.add(new Tried("\"NO_SUCH_WORD\"", schema.has("enum")));
    for (String other : List.of("true", "7", "1.5", "[]", "{}", "[\"a\"]")) {
      tried.add(new Tried(other, true));
    }
    tried.add(new Tried("\"a\\u0000b\"", true));
    tried.add(new Tried("\"a\\ud800b\"", true));
  }

  private static void numbers(JsonNode schema, List<Tried> tried) {
    for (String end : List.of("minimum", "maximum")) {
      if (schema.has(end)) {
        BigInteger limit = schema.get(end).bigIntegerValue();
        for (int by = -1; by <= 1; by++) {
          boolean isOutside = end.equals("minimum") ? by < 0 : by > 0;
          tried.add(new Tried(limit.add(BigInteger.valueOf(by)).toString(), isOutside));
        }
      }
    }
    for (String beyond :
        List.of("9223372036854775808", "-9223372036854775809", "1" + "0".repeat(60), "1e300")) {
      tried.add(new Tried(beyond, true));
    }
    for (String other : List.of("true", "\"7\"", "1.5", "-0.1", "[]", "{}", "\"\"")) {
      tried.add(new Tried(other, true));
    }
    tried.add(new Tried("0", false));
    tried.add(new Tried("-1", false));
    tried.add(new Tried("9223372036854775807", false));
    tried.add(new Tried("-9223372036854775808", false));
  }

  private static void lists(JsonNode schema, JsonNode item, List<Tried> tried) {
    int least = schema.path("minItems").asInt(0);
    int most = schema.path("maxItems").asInt(-1);
    for (int length : new int[] {least - 1, least, most, most + 1}) {
      if (length >= 0) {
        String items =
            String.join(",", IntStream.range(0, length).mapToObj(n -> item.toString()).toList());
        tried.add(new Tried("[" + items + "]", length < least || (most >= 0 && length > most)));
      }
    }
    for (String other : List.of("true", "7", "\"a\"", "{}", "[[]]")) {
      tried.add(new Tried(other, true));
    }
    tried.add(new Tried("[null]", false));
  }
}

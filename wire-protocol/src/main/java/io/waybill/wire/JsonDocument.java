package io.waybill.wire;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a whole document: one object with the fields that its reader asks for, and no other. */
public final class JsonDocument {

  private JsonDocument() {}

  public static <T> Parsed<T> read(byte[] document, Function<JsonObjectReader, T> reader) {
    return switch (Json.parse(document)) {
      case Parsed.Read<JsonNode>(JsonNode node) -> read(node, reader);
      case Parsed.NotJson<JsonNode>(String reason) -> new Parsed.NotJson<>(reason);
      case Parsed.Invalid<JsonNode>(List<FieldError> errors) -> new Parsed.Invalid<>(errors);
    };
  }

  /** Reads a document that may be left out: no bytes are an empty object. */
  public static <T> Parsed<T> readOptional(byte[] document, Function<JsonObjectReader, T> reader) {
    return document.length == 0
        ? read(JsonNodeFactory.instance.objectNode(), reader)
        : read(document, reader);
  }

  private static <T> Parsed<T> read(JsonNode node, Function<JsonObjectReader, T> reader) {
    if (!node.isObject()) {
      return new Parsed.NotJson<>("a JSON object is expected");
    }
    JsonObjectReader fields = JsonObjectReader.of(node);
    T value = reader.apply(fields);
    fields.end();
    return fields.errors().isEmpty()
        ? new Parsed.Read<>(value)
        : new Parsed.Invalid<>(fields.errors());
  }
}

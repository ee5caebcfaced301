package io.waybill.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one JSON codec: {@code snake_case} names in the order of the record, nulls written, instants
 * as RFC 3339 with {@code Z}. Any graph of records, UUIDs, instants, texts, numbers, lists, maps
 * and enums can be written; an enum is written as its {@code toString()}.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(WireLimits.DOCUMENT_BYTES)
                          .maxNestingDepth(WireLimits.NESTING)
                          .maxNumberLength(WireLimits.NUMBER_DIGITS)
                          .maxNameLength(WireLimits.NAME_CHARS)
                          .maxStringLength(WireLimits.DOCUMENT_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultVisibility(
              // a record is its components: isThis() and getThat() are conveniences
              visibility ->
                  visibility
                      .withFieldVisibility(Visibility.ANY)
                      .withGetterVisibility(Visibility.NONE)
                      .withIsGetterVisibility(Visibility.NONE))
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(EnumFeature.READ_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // a size written as 9007199254740993.0 is that size
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Json() {}

  /** Writes our own values; they can always be written. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** The same as a tree, to be added to. */
  public static ObjectNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** Reads one JSON document of any shape, within the bounds. */
  public static Parsed<JsonNode> parse(byte[] bytes) {
    if (bytes.length > WireLimits.DOCUMENT_BYTES) {
      return new Parsed.NotJson<>("more than " + WireLimits.DOCUMENT_BYTES + " bytes");
    }
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return node == null || node.isMissingNode()
          ? new Parsed.NotJson<>("there is no JSON in it")
          : new Parsed.Read<>(node);
    } catch (JacksonException e) {
      return new Parsed.NotJson<>(JsonFault.of(bytes));
    }
  }

  /** Reads a record leniently: unknown fields are ignored, as a newer server may send more. */
  public static <T> Parsed<T> read(byte[] bytes, Class<T> type) {
    return switch (parse(bytes)) {
      case Parsed.Read<JsonNode>(JsonNode node) -> convert(node, type);
      case Parsed.NotJson<JsonNode>(String reason) -> new Parsed.NotJson<>(reason);
      case Parsed.Invalid<JsonNode>(List<FieldError> errors) -> new Parsed.Invalid<>(errors);
    };
  }

  /** The same from a tree. */
  public static <T> Parsed<T> convert(JsonNode node, Class<T> type) {
    try {
      T value = MAPPER.treeToValue(node, type);
      return value == null ? new Parsed.NotJson<>("it is null") : new Parsed.Read<>(value);
    } catch (JacksonException e) {
      return new Parsed.NotJson<>("it has not the fields and types that are expected");
    }
  }

  static JsonMapper mapper() {
    return MAPPER;
  }
}

package io.waybill.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** What {@code jsonb} columns hold. Instants are text, to the last digit. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addDeserializer(Object.class, new Plain()))
          .build();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Json() {}

  static String write(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static <T> T read(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  static Map<String, Object> map(String json) {
    return MAPPER.readValue(json, MAP);
  }

  static <T> List<T> list(String json, Class<T> element) {
    return MAPPER.readerForListOf(element).readValue(json);
  }

  /**
   * Free-form values. {@code jsonb} writes 1e300 as 301 digits: a whole number that is no long was
   * a double when it came.
   */
  private static final class Plain extends StdDeserializer<Object> {
    Plain() {
      super(Object.class);
    }

    @Override
    public @Nullable Object deserialize(JsonParser parser, DeserializationContext context) {
      return plain(parser.readValueAsTree());
    }

    private static @Nullable Object plain(JsonNode value) {
      return switch (value.getNodeType()) {
        case OBJECT -> {
          Map<String, @Nullable Object> map = new LinkedHashMap<>();
          value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
          yield map;
        }
        case ARRAY -> {
          List<@Nullable Object> list = new ArrayList<>(value.size());
          value.forEach(one -> list.add(plain(one)));
          yield list;
        }
        case NUMBER -> number(value);
        case STRING -> value.stringValue();
        case BOOLEAN -> value.booleanValue();
        case NULL, MISSING -> null;
        case BINARY, POJO -> throw new IllegalStateException("a parser makes no " + value);
      };
    }

    private static Number number(JsonNode value) {
      if (value.isIntegralNumber() && value.canConvertToLong()) {
        return value.longValue();
      }
      return value.decimalValue().doubleValue();
    }
  }
}

package io.waybill.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads the fields of one JSON object and notes everything that is wrong with them. A wrong field
 * is read as a stand-in, so that reading goes on and all errors are found at once; what was read is
 * used only when there are none. {@code null} and absent are the same.
 */
public final class JsonObjectReader {

  /** A URL up to its query, which may sign it. */
  private static final Pattern URL_WITH_QUERY =
      Pattern.compile("(?i)(\\bhttps?://[^\\s?]*)\\?\\S*");

  private final JsonNode node;
  private final Complaints complaints;
  private final JsonValueReader values;
  private final Set<String> known = new HashSet<>();

  private JsonObjectReader(JsonNode node, Complaints complaints) {
    this.node = node;
    this.complaints = complaints;
    this.values = new JsonValueReader(complaints);
  }

  static JsonObjectReader of(JsonNode object) {
    return new JsonObjectReader(object, Complaints.none());
  }

  List<FieldError> errors() {
    return complaints.errors();
  }

  /** Notes what is wrong with a field beyond its type, by one of {@link FieldError}'s codes. */
  public void wrong(String name, String code, String message) {
    complaints.wrong(name, code, message);
  }

  /** Fields that nobody asks for are none of our business. */
  void ignoreOthers() {
    known.addAll(node.propertyNames());
  }

  /** Notes every field that nobody asked for. Called last. */
  void end() {
    node.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> wrong(name, FieldError.UNKNOWN, "there is no such field here"));
  }

  public boolean has(String name) {
    known.add(name);
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  @Nullable JsonNode value(String name) {
    return has(name) ? node.get(name) : null;
  }

  public @Nullable String text(String name, int maxChars) {
    JsonNode value = value(name);
    return value == null ? null : values.text(name, value, maxChars);
  }

  public String requiredText(String name, int maxChars) {
    JsonNode value = required(name);
    String text = value == null ? null : values.text(name, value, maxChars);
    return text == null ? "" : text;
  }

  /**
   * What a person or a program says to people, who read it in timelines and audit rows. Whoever
   * says that a PUT failed may repeat its URL, and a signed URL is a secret: its query is cut.
   */
  public @Nullable String said(String name) {
    String text = text(name, WireLimits.TEXT_CHARS);
    return text == null ? null : URL_WITH_QUERY.matcher(text).replaceAll("$1");
  }

  /** What is {@link #said}, where it must be given. */
  public String requiredSaid(String name) {
    String said = required(name) == null ? null : said(name);
    return said == null ? "" : said;
  }

  public @Nullable UUID uuid(String name) {
    String text = text(name, WireLimits.TEXT_CHARS);
    return text == null ? null : values.uuid(name, text);
  }

  public UUID requiredUuid(String name) {
    UUID uuid = required(name) == null ? null : uuid(name);
    return uuid == null ? JsonValueReader.NIL : uuid;
  }

  public @Nullable String sha256(String name) {
    String text = text(name, WireLimits.TEXT_CHARS);
    return text == null ? null : values.sha256(name, text);
  }

  public @Nullable Long number(String name) {
    JsonNode value = value(name);
    return value == null ? null : values.number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public long requiredNumber(String name) {
    JsonNode value = required(name);
    return value == null ? 0 : values.number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  public @Nullable Integer integer(String name) {
    JsonNode value = value(name);
    return value == null
        ? null
        : (Integer) (int) values.number(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  public int requiredInteger(String name) {
    Integer value = required(name) == null ? null : integer(name);
    return value == null ? 0 : value;
  }

  public @Nullable List<Integer> integers(String name) {
    JsonNode value = list(name);
    return value == null ? null : values.integers(name, value);
  }

  public @Nullable List<UUID> uuids(String name) {
    JsonNode value = list(name);
    return value == null ? null : values.uuids(name, value);
  }

  public @Nullable List<String> texts(String name, int maxChars) {
    JsonNode value = list(name);
    return value == null ? null : values.texts(name, value, maxChars);
  }

  public @Nullable Boolean flag(String name) {
    JsonNode value = value(name);
    return value == null ? null : values.flag(name, value);
  }

  public List<String> requiredTexts(String name, int maxChars) {
    JsonNode value = required(name) == null ? null : list(name);
    return value == null ? List.of() : values.texts(name, value, maxChars);
  }

  /** One of the given values, by its {@code toString()}. */
  public <E extends Enum<E>> @Nullable E oneOf(String name, E[] values) {
    String text = text(name, WireLimits.TEXT_CHARS);
    if (text == null) {
      return null;
    }
    for (E value : values) {
      if (value.toString().equals(text)) {
        return value;
      }
    }
    wrong(name, FieldError.UNKNOWN_VALUE, "must be one of " + List.of(values));
    return values[0];
  }

  public <E extends Enum<E>> E oneOf(String name, E[] values, E otherwise) {
    E value = oneOf(name, values);
    return value == null ? otherwise : value;
  }

  /** An object inside this one whose fields are named as if they were here; absent is empty. */
  JsonObjectReader sameLevel(String name) {
    JsonNode value = value(name);
    return value == null || !values.isObject(name, value)
        ? new JsonObjectReader(JsonNodeFactory.instance.objectNode(), complaints)
        : new JsonObjectReader(value, complaints);
  }

  /** An object inside this one. */
  public <T> @Nullable T object(String name, Function<JsonObjectReader, T> reader) {
    JsonNode value = value(name);
    return value == null ? null : inner(name, value, reader);
  }

  /** A list of objects; absent is empty. */
  public <T> List<T> objects(String name, Function<JsonObjectReader, T> reader) {
    JsonNode value = list(name);
    List<T> list = new ArrayList<>();
    for (int i = 0; value != null && i < value.size(); i++) {
      T inner = inner(name + "[" + i + "]", value.get(i), reader);
      if (inner != null) {
        list.add(inner);
      }
    }
    return list;
  }

  /** A list of objects that must be there. */
  public <T> List<T> requiredObjects(String name, Function<JsonObjectReader, T> reader) {
    return required(name) == null ? List.of() : objects(name, reader);
  }

  /** Texts by part number. */
  Map<Integer, String> textsByPart(String name) {
    JsonNode value = value(name);
    return value == null ? Map.of() : values.textsByPart(name, value);
  }

  /** Free-form JSON as plain maps, lists, texts, longs, doubles and booleans; absent is empty. */
  public Map<String, Object> free(String name) {
    JsonNode value = value(name);
    return value == null || !values.isObject(name, value)
        ? Map.of()
        : new FreeForm(complaints).map(name, value);
  }

  private @Nullable JsonNode required(String name) {
    JsonNode value = value(name);
    if (value == null) {
      wrong(name, FieldError.REQUIRED, "must be given");
    }
    return value;
  }

  private @Nullable JsonNode list(String name) {
    JsonNode value = value(name);
    return value == null || !values.isList(name, value) ? null : value;
  }

  private <T> @Nullable T inner(String name, JsonNode value, Function<JsonObjectReader, T> reader) {
    if (!values.isObject(name, value)) {
      return null;
    }
    JsonObjectReader inner = new JsonObjectReader(value, complaints.inside(name));
    T read = reader.apply(inner);
    inner.end();
    return read;
  }
}

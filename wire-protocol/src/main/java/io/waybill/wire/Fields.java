package io.waybill.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * is read as a stand-in, so that reading goes on and all errors are found at once; whoever reads
 * looks at {@link #errors()} before using anything. {@code null} and absent are the same.
 */
final class Fields {

  static final UUID NIL = new UUID(0, 0);

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SHA256_SHAPE = Pattern.compile("[0-9a-fA-F]{64}");

  private static final BigInteger BEYOND = BigInteger.TWO.pow(64);

  private final JsonNode node;
  private final String path;
  private final List<FieldError> errors;
  private final Set<String> known = new HashSet<>();

  private Fields(JsonNode node, String path, List<FieldError> errors) {
    this.node = node;
    this.path = path;
    this.errors = errors;
  }

  static Fields of(JsonNode object) {
    return new Fields(object, "", new ArrayList<>());
  }

  List<FieldError> errors() {
    return errors;
  }

  void wrong(String name, String code, String message) {
    if (errors.size() < WireLimits.FIELD_ERRORS) {
      errors.add(new FieldError(path + shown(name), code, message));
    }
  }

  /** Notes every field that nobody asked for. Called last. */
  void end() {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        wrong(name, FieldError.UNKNOWN, "there is no such field here");
      }
    }
  }

  boolean has(String name) {
    known.add(name);
    JsonNode value = node.get(name);
    return value != null && !value.isNull();
  }

  @Nullable JsonNode value(String name) {
    return has(name) ? node.get(name) : null;
  }

  @Nullable String text(String name, int maxChars) {
    JsonNode value = value(name);
    return value == null ? null : text(name, value, maxChars);
  }

  String requiredText(String name, int maxChars) {
    JsonNode value = required(name);
    String text = value == null ? null : text(name, value, maxChars);
    return text == null ? "" : text;
  }

  @Nullable UUID uuid(String name) {
    String text = text(name, WireLimits.TEXT_CHARS);
    if (text == null) {
      return null;
    }
    if (!UUID_SHAPE.matcher(text).matches()) {
      wrong(name, FieldError.INVALID, "must be a UUID");
      return NIL;
    }
    return UUID.fromString(text);
  }

  UUID requiredUuid(String name) {
    UUID uuid = required(name) == null ? null : uuid(name);
    return uuid == null ? NIL : uuid;
  }

  @Nullable String sha256(String name) {
    String text = text(name, WireLimits.TEXT_CHARS);
    if (text != null && !SHA256_SHAPE.matcher(text).matches()) {
      wrong(name, FieldError.INVALID, "must be 64 hexadecimal digits");
    }
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  @Nullable Long number(String name) {
    JsonNode value = value(name);
    return value == null ? null : number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  long requiredNumber(String name) {
    JsonNode value = required(name);
    return value == null ? 0 : number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Nullable Integer integer(String name) {
    JsonNode value = value(name);
    return value == null
        ? null
        : (Integer) (int) number(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  int requiredInteger(String name) {
    Integer value = required(name) == null ? null : integer(name);
    return value == null ? 0 : value;
  }

  @Nullable List<Integer> integers(String name) {
    JsonNode value = array(name);
    if (value == null) {
      return null;
    }
    List<Integer> integers = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      integers.add(
          (int) number(name + "[" + i + "]", value.get(i), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return integers;
  }

  /** One of the given values, by its {@code toString()}. */
  <E extends Enum<E>> @Nullable E oneOf(String name, E[] values) {
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

  <E extends Enum<E>> E oneOf(String name, E[] values, E otherwise) {
    E value = oneOf(name, values);
    return value == null ? otherwise : value;
  }

  /** An object inside this one whose fields are named as if they were here; absent is empty. */
  Fields sameLevel(String name) {
    JsonNode value = value(name);
    return value == null || !isObject(name, value)
        ? new Fields(JsonNodeFactory.instance.objectNode(), path, errors)
        : new Fields(value, path, errors);
  }

  /** An object inside this one. */
  <T> @Nullable T object(String name, Function<Fields, T> reader) {
    JsonNode value = value(name);
    return value == null ? null : inner(name, value, reader);
  }

  /** A list of objects; absent is empty. */
  <T> List<T> objects(String name, Function<Fields, T> reader) {
    JsonNode value = array(name);
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
  <T> List<T> requiredObjects(String name, Function<Fields, T> reader) {
    return required(name) == null ? List.of() : objects(name, reader);
  }

  /** Texts by part number. */
  Map<Integer, String> textsByPart(String name) {
    Map<Integer, String> texts = new LinkedHashMap<>();
    JsonNode value = value(name);
    if (value == null || !isObject(name, value)) {
      return texts;
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String field = name + "." + entry.getKey();
      if (!entry.getKey().matches("[1-9][0-9]{0,8}")) {
        wrong(field, FieldError.INVALID, "must be named by a part number");
        continue;
      }
      String text = text(field, entry.getValue(), WireLimits.TEXT_CHARS);
      texts.put(Integer.parseInt(entry.getKey()), text == null ? "" : text);
    }
    return texts;
  }

  /** Free-form JSON as plain maps, lists, texts, longs, doubles and booleans; absent is empty. */
  Map<String, Object> free(String name) {
    JsonNode value = value(name);
    return value == null || !isObject(name, value)
        ? Map.of()
        : new FreeForm(this::wrong).map(name, value);
  }

  private @Nullable JsonNode required(String name) {
    JsonNode value = value(name);
    if (value == null) {
      wrong(name, FieldError.REQUIRED, "must be given");
    }
    return value;
  }

  private @Nullable String text(String name, JsonNode value, int maxChars) {
    if (!value.isString()) {
      wrong(name, FieldError.TYPE, "must be a text");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > maxChars) {
      wrong(name, FieldError.TOO_LONG, "must have at most " + maxChars + " characters");
      return null;
    }
    if (!FreeForm.isStorable(text)) {
      wrong(name, FieldError.INVALID, "must be Unicode text without NUL");
      return null;
    }
    return text;
  }

  private long number(String name, JsonNode value, long min, long max) {
    if (!WholeNumber.isWhole(value)) {
      wrong(name, FieldError.TYPE, "must be a whole number");
      return 0;
    }
    BigInteger number = WholeNumber.of(value).orElse(BEYOND);
    if (number.bitLength() > 63 || number.longValue() < min || number.longValue() > max) {
      wrong(name, FieldError.OUT_OF_RANGE, "is out of range");
      return 0;
    }
    return number.longValue();
  }

  private @Nullable JsonNode array(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (!value.isArray()) {
      wrong(name, FieldError.TYPE, "must be a list");
      return null;
    }
    if (value.size() > WireLimits.ENTRIES) {
      wrong(name, FieldError.TOO_LONG, "must have at most " + WireLimits.ENTRIES + " entries");
      return null;
    }
    return value;
  }

  private boolean isObject(String name, JsonNode value) {
    if (!value.isObject()) {
      wrong(name, FieldError.TYPE, "must be an object");
      return false;
    }
    return true;
  }

  private <T> @Nullable T inner(String name, JsonNode value, Function<Fields, T> reader) {
    if (!isObject(name, value)) {
      return null;
    }
    Fields inner = new Fields(value, path + name + ".", errors);
    T read = reader.apply(inner);
    inner.end();
    return read;
  }

  private static String shown(String name) {
    String cut = name.length() > 128 ? name.substring(0, 128) : name;
    return FreeForm.isStorable(cut) ? cut : "?";
  }
}

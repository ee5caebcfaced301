package io.waybill.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads single JSON values, and complains of those that are not what they should be. */
final class JsonValueReader {

  static final UUID NIL = new UUID(0, 0);

  private static final Pattern UUID_SHAPE =
      Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern SHA256_SHAPE = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern PART_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final BigInteger BEYOND = BigInteger.TWO.pow(64);

  private final Complaints complaints;

  JsonValueReader(Complaints complaints) {
    this.complaints = complaints;
  }

  @Nullable String text(String name, JsonNode value, int maxChars) {
    if (!value.isString()) {
      complaints.wrong(name, FieldError.TYPE, "must be a text");
      return null;
    }
    String text = value.stringValue();
    if (text.length() > maxChars) {
      complaints.wrong(name, FieldError.TOO_LONG, "must have at most " + maxChars + " characters");
      return null;
    }
    if (!FreeForm.isStorable(text)) {
      complaints.wrong(name, FieldError.INVALID, "must be Unicode text without NUL");
      return null;
    }
    return text;
  }

  /** {@link #NIL} when it is wrong. */
  UUID uuid(String name, String text) {
    if (!UUID_SHAPE.matcher(text).matches()) {
      complaints.wrong(name, FieldError.INVALID, "must be a UUID");
      return NIL;
    }
    return UUID.fromString(text);
  }

  String sha256(String name, String text) {
    if (!SHA256_SHAPE.matcher(text).matches()) {
      complaints.wrong(name, FieldError.INVALID, "must be 64 hexadecimal digits");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  /** Zero when it is wrong. */
  long number(String name, JsonNode value, long min, long max) {
    if (!WholeNumber.isWhole(value)) {
      complaints.wrong(name, FieldError.TYPE, "must be a whole number");
      return 0;
    }
    BigInteger number = WholeNumber.of(value).orElse(BEYOND);
    if (number.bitLength() > 63 || number.longValue() < min || number.longValue() > max) {
      complaints.wrong(name, FieldError.OUT_OF_RANGE, "is out of range");
      return 0;
    }
    return number.longValue();
  }

  List<Integer> integers(String name, JsonNode list) {
    List<Integer> integers = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String entry = name + "[" + i + "]";
      integers.add((int) number(entry, list.get(i), Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    return integers;
  }

  List<UUID> uuids(String name, JsonNode list) {
    List<UUID> uuids = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String entry = name + "[" + i + "]";
      String text = text(entry, list.get(i), WireLimits.TEXT_CHARS);
      uuids.add(text == null ? NIL : uuid(entry, text));
    }
    return uuids;
  }

  List<String> texts(String name, JsonNode list, int maxChars) {
    List<String> texts = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String text = text(name + "[" + i + "]", list.get(i), maxChars);
      texts.add(text == null ? "" : text);
    }
    return texts;
  }

  boolean flag(String name, JsonNode value) {
    if (!value.isBoolean()) {
      complaints.wrong(name, FieldError.TYPE, "must be true or false");
      return false;
    }
    return value.booleanValue();
  }

  Map<Integer, String> textsByPart(String name, JsonNode object) {
    Map<Integer, String> texts = new LinkedHashMap<>();
    if (!isObject(name, object)) {
      return texts;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String field = name + "." + entry.getKey();
      if (!PART_NUMBER.matcher(entry.getKey()).matches()) {
        complaints.wrong(field, FieldError.INVALID, "must be named by a part number");
        continue;
      }
      String text = text(field, entry.getValue(), WireLimits.TEXT_CHARS);
      texts.put(Integer.parseInt(entry.getKey()), text == null ? "" : text);
    }
    return texts;
  }

  boolean isList(String name, JsonNode value) {
    if (!value.isArray()) {
      complaints.wrong(name, FieldError.TYPE, "must be a list");
      return false;
    }
    if (value.size() > WireLimits.ENTRIES) {
      complaints.wrong(
          name, FieldError.TOO_LONG, "must have at most " + WireLimits.ENTRIES + " entries");
      return false;
    }
    return true;
  }

  boolean isObject(String name, JsonNode value) {
    if (!value.isObject()) {
      complaints.wrong(name, FieldError.TYPE, "must be an object");
      return false;
    }
    return true;
  }
}

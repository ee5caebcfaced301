package io.waybill.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Free-form JSON (metadata) as plain Java values that a database and another JSON writer can keep:
 * no NUL, no half of a surrogate pair, no number beyond 64 bits. As everywhere here, null means
 * absent, so it may stand for a value but not for a list's entry. A complaint names the whole
 * field: a path to each value would cost more than the values.
 */
final class FreeForm {

  private final Complaints complaints;

  FreeForm(Complaints complaints) {
    this.complaints = complaints;
  }

  Map<String, Object> map(String field, JsonNode object) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      if (!isStorable(entry.getKey())) {
        complaints.wrong(
            field, FieldError.INVALID, "has a key that is not Unicode text without NUL");
      }
      Object value = value(field, entry.getValue());
      if (value != null) {
        map.put(entry.getKey(), value);
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private @Nullable Object value(String field, JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> map(field, value);
      case ARRAY -> list(field, value);
      case STRING -> text(field, value.stringValue());
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(field, value);
      case NULL -> null;
      case BINARY, MISSING, POJO -> throw new IllegalStateException("a parser makes no " + value);
    };
  }

  private List<Object> list(String field, JsonNode array) {
    List<Object> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      Object value = value(field, array.get(i));
      if (value == null) {
        complaints.wrong(field, FieldError.INVALID, "must have no null in a list");
      } else {
        list.add(value);
      }
    }
    return Collections.unmodifiableList(list);
  }

  private String text(String field, String text) {
    if (!isStorable(text)) {
      complaints.wrong(field, FieldError.INVALID, "must be Unicode text without NUL");
    }
    return text;
  }

  private Number number(String field, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    BigDecimal sent = value.decimalValue();
    double kept = sent.doubleValue();
    if (value.isIntegralNumber() || !Double.isFinite(kept) || !hasAllDigits(kept, sent)) {
      complaints.wrong(field, FieldError.INVALID, "must be a number that 64 bits can keep");
      return 0L;
    }
    return kept;
  }

  /** A double comes back as the shortest text that means it: that must mean what was sent, too. */
  private static boolean hasAllDigits(double kept, BigDecimal sent) {
    return new BigDecimal(Double.toString(kept)).compareTo(sent) == 0;
  }

  static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}

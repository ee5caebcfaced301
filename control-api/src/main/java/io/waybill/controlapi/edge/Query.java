package io.waybill.controlapi.edge;

import io.helidon.common.parameters.Parameters;
import io.waybill.core.FieldError;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.wire.WireLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of one request and notes everything that is wrong with it, names that nobody
 * asked for included. A wrong value is read as absent, so that all errors are found at once.
 */
public final class Query {

  private static final String UNKNOWN = io.waybill.wire.FieldError.UNKNOWN;
  private static final String INVALID = io.waybill.wire.FieldError.INVALID;
  private static final String UNKNOWN_VALUE = io.waybill.wire.FieldError.UNKNOWN_VALUE;
  private static final String OUT_OF_RANGE = io.waybill.wire.FieldError.OUT_OF_RANGE;
  private static final String BAD_CURSOR = "request.bad_cursor";
  private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);
  private static final int MAX_CHARS = 512;
  private static final String ONCE = "must be given once, with 1 to " + MAX_CHARS + " characters";
  private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final int MAX_LIMIT = 200;
  private static final int DEFAULT_LIMIT = 50;

  /** Makes a value of a text; null when it is none. */
  private interface Parser<T> {
    @Nullable T parse(String text);
  }

  private final Parameters parameters;
  private final Set<String> known = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  private Query(Parameters parameters) {
    this.parameters = parameters;
  }

  static <T> Verdict<T> read(Parameters parameters, Function<Query, T> reader) {
    Query query = new Query(parameters);
    T value = reader.apply(query);
    parameters.names().stream()
        .filter(name -> !query.known.contains(name))
        .limit(WireLimits.FIELD_ERRORS)
        .map(name -> new FieldError(shown(name), UNKNOWN, "there is no such parameter"))
        .forEach(query.errors::add);
    return query.errors.isEmpty()
        ? Verdict.ok(value)
        : Verdict.refused(Refusal.invalid(query.errors));
  }

  public @Nullable String text(String name) {
    return parsed(name, value -> value, "");
  }

  public @Nullable UUID uuid(String name) {
    return parsed(name, Ids::parse, "must be a UUID");
  }

  public @Nullable Instant instant(String name) {
    return parsed(name, Query::instantOf, "must be an RFC 3339 time, such as 2026-11-23T08:00:00Z");
  }

  public boolean flag(String name) {
    Boolean flag = parsed(name, FLAGS::get, "must be true or false");
    return flag != null && flag;
  }

  /** One of the given values, by its {@code toString()}. */
  public <E extends Enum<E>> @Nullable E oneOf(String name, E[] values) {
    return parsed(
        name,
        text ->
            Arrays.stream(values).filter(v -> v.toString().equals(text)).findFirst().orElse(null),
        UNKNOWN_VALUE,
        "must be one of " + Arrays.toString(values));
  }

  /** How many rows a page has. */
  public int limit() {
    return limit(MAX_LIMIT, DEFAULT_LIMIT);
  }

  /** How many rows a page has, where pages are not as long as elsewhere. */
  public int limit(int most, int standard) {
    Integer limit = parsed("limit", Query::number, "must be a whole number from 1 to " + most);
    if (limit != null && (limit < 1 || limit > most)) {
      errors.add(new FieldError("limit", OUT_OF_RANGE, "must be from 1 to " + most));
      return standard;
    }
    return limit == null ? standard : limit;
  }

  /** Where the page before ended; null for the first page. */
  public @Nullable UUID cursor(String list) {
    return parsed(
        "cursor",
        text -> Cursor.read(list, text),
        BAD_CURSOR,
        "must be the next_cursor of another answer of this list");
  }

  private <T> @Nullable T parsed(String name, Parser<T> parser, String message) {
    return parsed(name, parser, INVALID, message);
  }

  private <T> @Nullable T parsed(String name, Parser<T> parser, String code, String message) {
    known.add(name);
    if (!parameters.contains(name)) {
      return null;
    }
    List<String> values = parameters.all(name);
    String value = values.isEmpty() ? "" : values.getFirst(); // ?name has none
    if (values.size() > 1 || value.isEmpty() || value.length() > MAX_CHARS || hasNul(value)) {
      errors.add(new FieldError(name, INVALID, ONCE));
      return null;
    }
    T parsed = parser.parse(value);
    if (parsed == null) {
      errors.add(new FieldError(name, code, message));
    }
    return parsed;
  }

  /** RFC 3339 writes years with four digits, which is well within what a database can tell. */
  private static @Nullable Instant instantOf(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      return time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Integer number(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean hasNul(String text) {
    return text.indexOf('\0') >= 0;
  }

  private static String shown(String name) {
    return name.length() > 128 ? name.substring(0, 128) : name;
  }
}

package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A statement with {@code :named} parameters, translated once: DbClient would read the text again
 * at every call, and would take {@code ::} for a parameter.
 */
final class Sql {
  private final String name;
  private final String text;
  private final List<String> parameters;

  private Sql(String name, String text, List<String> parameters) {
    this.name = name;
    this.text = text;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * @param name for traces and metrics, such as {@code sessions.find}
   */
  static Sql of(String name, String named) {
    StringBuilder text = new StringBuilder(named.length());
    List<String> parameters = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < named.length(); i++) {
      char c = named.charAt(i);
      quoted ^= c == '\'';
      if (c != ':' || quoted) {
        text.append(c);
      } else if (named.charAt(i + 1) == ':') {
        text.append("::");
        i++;
      } else {
        int end = endOfName(named, i + 1);
        parameters.add(named.substring(i + 1, end));
        text.append('?');
        i = end - 1;
      }
    }
    return new Sql(name, text.toString(), parameters);
  }

  private static int endOfName(String named, int start) {
    int end = start;
    while (end < named.length()
        && (Character.isLetterOrDigit(named.charAt(end)) || named.charAt(end) == '_')) {
      end++;
    }
    return end;
  }

  /** Ids as the text of a {@code uuid[]}. */
  static String array(Collection<UUID> ids) {
    return ids.stream().map(UUID::toString).collect(joining(",", "{", "}"));
  }

  /** Begins a call of this statement. */
  Call call() {
    return new Call(this);
  }

  /** Begins a call of this statement. */
  Call with(String parameter, @Nullable Object value) {
    return call().with(parameter, value);
  }

  String name() {
    return name;
  }

  String text() {
    return text;
  }

  /** One use of a statement. */
  static final class Call {
    private final Sql sql;
    private final Map<String, @Nullable Object> values = new HashMap<>();

    private Call(Sql sql) {
      this.sql = sql;
    }

    Call with(String parameter, @Nullable Object value) {
      values.put(parameter, bindable(value));
      return this;
    }

    private static @Nullable Object bindable(@Nullable Object value) {
      return switch (value) {
        case Instant instant -> instant.atOffset(ZoneOffset.UTC);
        case UUID id -> id.toString();
        case Enum<?> symbol -> symbol.name();
        case null, default -> value;
      };
    }

    Sql sql() {
      return sql;
    }

    /** In the order of their places. */
    List<@Nullable Object> inOrder() {
      List<@Nullable Object> ordered = new ArrayList<>(sql.parameters.size());
      for (String parameter : sql.parameters) {
        if (!values.containsKey(parameter)) {
          throw new IllegalStateException(sql.name + " lacks :" + parameter);
        }
        ordered.add(values.get(parameter));
      }
      return ordered;
    }
  }
}

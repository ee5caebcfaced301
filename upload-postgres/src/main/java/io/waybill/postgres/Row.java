package io.waybill.postgres;

import io.helidon.dbclient.DbRow;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row of a result, read by column name; a prefix tells the tables of a join apart. */
final class Row {
  private final DbRow row;
  private final String prefix;

  Row(DbRow row) {
    this(row, "");
  }

  private Row(DbRow row, String prefix) {
    this.row = row;
    this.prefix = prefix;
  }

  /** The same row, for columns that begin with this prefix. */
  Row of(String table) {
    return new Row(row, table);
  }

  boolean isNull(String column) {
    return raw(column) == null;
  }

  UUID id(String column) {
    return (UUID) present(column);
  }

  @Nullable UUID idOrNull(String column) {
    return (UUID) raw(column);
  }

  String text(String column) {
    return present(column).toString();
  }

  @Nullable String textOrNull(String column) {
    Object value = raw(column);
    return value == null ? null : value.toString();
  }

  long number(String column) {
    return ((Number) present(column)).longValue();
  }

  int count(String column) {
    return Math.toIntExact(number(column));
  }

  boolean flag(String column) {
    return (Boolean) present(column);
  }

  Instant time(String column) {
    return ((Timestamp) present(column)).toInstant();
  }

  @Nullable Instant timeOrNull(String column) {
    Timestamp value = (Timestamp) raw(column);
    return value == null ? null : value.toInstant();
  }

  <E extends Enum<E>> E symbol(String column, Class<E> type) {
    return Enum.valueOf(type, text(column));
  }

  /** A column of JSON. */
  Map<String, Object> map(String column) {
    return Json.map(text(column));
  }

  /** A column of JSON whose values are texts; NULL is empty. */
  Map<String, String> texts(String column) {
    Map<String, String> texts = new TreeMap<>();
    if (!isNull(column)) {
      map(column).forEach((name, value) -> texts.put(name, value.toString()));
    }
    return texts;
  }

  /** A column of a JSON array. */
  <T> List<T> list(String column, Class<T> element) {
    return Json.list(text(column), element);
  }

  private Object present(String column) {
    Object value = raw(column);
    if (value == null) {
      throw new IllegalStateException("column " + prefix + column + " is null");
    }
    return value;
  }

  // At 4.1.7 this is the one way to read a column that answers null for NULL.
  private @Nullable Object raw(String column) {
    return row.column(prefix + column).get(Object.class);
  }
}

package io.waybill.postgres;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs statements where they belong: each by itself, or all in one transaction. */
final class Db {
  private final DbExecute execute;
  private final Runnable beforeEach;

  /**
   * @param beforeEach runs before each statement
   */
  Db(DbExecute execute, Runnable beforeEach) {
    this.execute = execute;
    this.beforeEach = beforeEach;
  }

  /** The first row. */
  <T> Optional<T> one(Sql.Call call, Function<Row, T> mapper) {
    beforeEach.run();
    return execute
        .createNamedGet(call.sql().name(), call.sql().text())
        .params(call.inOrder())
        .execute()
        .map(row -> mapper.apply(new Row(row)));
  }

  /** Every row, in order. */
  <T> List<T> all(Sql.Call call, Function<Row, T> mapper) {
    beforeEach.run();
    try (Stream<DbRow> rows =
        execute
            .createNamedQuery(call.sql().name(), call.sql().text())
            .params(call.inOrder())
            .execute()) {
      return rows.map(row -> mapper.apply(new Row(row))).toList();
    }
  }

  /** No rows, but how many were written. */
  long run(Sql.Call call) {
    beforeEach.run();
    return execute
        .createNamedDmlStatement(call.sql().name(), call.sql().text())
        .params(call.inOrder())
        .execute();
  }
}

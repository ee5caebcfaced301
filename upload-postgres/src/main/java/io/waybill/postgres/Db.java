package io.waybill.postgres;

import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.waybill.core.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs statements where they belong: each by itself, or all in one transaction. */
final class Db {
  private final DbExecute execute;
  private final Runnable beforeEach;
  private final Tracer tracer;

  /**
   * @param beforeEach runs before each statement
   * @param tracer is told of each
   */
  Db(DbExecute execute, Runnable beforeEach, Tracer tracer) {
    this.execute = execute;
    this.beforeEach = beforeEach;
    this.tracer = tracer;
  }

  /** The first row. */
  <T> Optional<T> one(Sql.Call call, Function<Row, T> mapper) {
    return traced(
        call,
        () ->
            execute
                .createNamedGet(call.sql().name(), call.sql().text())
                .params(call.inOrder())
                .execute()
                .map(row -> mapper.apply(new Row(row))));
  }

  /** Every row, in order. */
  <T> List<T> all(Sql.Call call, Function<Row, T> mapper) {
    return traced(
        call,
        () -> {
          try (Stream<DbRow> rows =
              execute
                  .createNamedQuery(call.sql().name(), call.sql().text())
                  .params(call.inOrder())
                  .execute()) {
            return rows.map(row -> mapper.apply(new Row(row))).toList();
          }
        });
  }

  /** No rows, but how many were written. */
  long run(Sql.Call call) {
    return traced(
        call,
        () ->
            execute
                .createNamedDmlStatement(call.sql().name(), call.sql().text())
                .params(call.inOrder())
                .execute());
  }

  private <T> T traced(Sql.Call call, Supplier<T> statement) {
    return tracer.inside(
        "sql",
        call.sql().name(),
        () -> {
          beforeEach.run();
          return statement.get();
        });
  }
}

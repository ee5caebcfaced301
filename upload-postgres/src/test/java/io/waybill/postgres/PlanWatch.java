package io.waybill.postgres;

import io.waybill.testkit.ForwardingDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the plan by which the server ran each statement, with what each step of it did: {@code
 * auto_explain}, which runs in the session and tells the client.
 */
final class PlanWatch extends ForwardingDataSource {
  private static final String ON =
      """
      load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_analyze = on;
      set auto_explain.log_buffers = on; set auto_explain.log_timing = off; set auto_explain.log_format = json;
      set auto_explain.log_level = notice;
      """;
  private static final String MARK = "plan:\n";

  private static final String OFF = "set auto_explain.log_min_duration = -1";

  private final List<Plan> plans = new ArrayList<>();
  private boolean isOn;
  private boolean shallBeOn;

  PlanWatch(DataSource real) {
    super(real);
  }

  /** The plans of what is run in this call, in order, on the one connection of the pool. */
  List<Plan> during(Runnable call) {
    plans.clear();
    shallBeOn = true;
    call.run();
    shallBeOn = false;
    return List.copyOf(plans);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    if (isOn != shallBeOn) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(shallBeOn ? ON : OFF);
        isOn = shallBeOn;
      }
    }
    return watched(Connection.class, connection);
  }

  private <T> T watched(Class<T> type, T target) {
    InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (target instanceof Statement statement && method.getName().equals("close")) {
      keep(statement.getWarnings());
    }
    try {
      Object result = method.invoke(target, arguments);
      if (target instanceof Connection connection && !connection.isClosed()) {
        keep(connection.getWarnings());
        connection.clearWarnings();
      }
      return result instanceof PreparedStatement statement
          ? watched(PreparedStatement.class, statement)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void keep(@Nullable SQLWarning first) {
    for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
      String message = String.valueOf(warning.getMessage());
      int mark = message.indexOf(MARK);
      if (mark >= 0) {
        plans.add(Plan.of(message.substring(mark + MARK.length())));
      }
    }
  }
}

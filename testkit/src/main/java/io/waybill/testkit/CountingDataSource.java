package io.waybill.testkit;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is sent to the database: every statement by its text, and {@code COMMIT} and {@code
 * ROLLBACK}. BEGIN is not counted: the driver sends it together with the first statement.
 */
public final class CountingDataSource extends ForwardingDataSource {
  private final List<String> sent = new CopyOnWriteArrayList<>();

  public CountingDataSource(DataSource real) {
    super(real);
  }

  /** Everything since the last call of this method, in order. */
  public List<String> takeSent() {
    List<String> all = List.copyOf(sent);
    sent.clear();
    return all;
  }

  @Override
  public Connection getConnection() throws SQLException {
    return counting(Connection.class, super.getConnection(), "");
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return counting(Connection.class, super.getConnection(user, password), "");
  }

  private <T> T counting(Class<T> type, T target, String sql) {
    InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments, sql);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(
      Object target, Method method, Object @Nullable [] arguments, String sql) throws Throwable {
    String name = method.getName();
    if (name.equals("commit") || name.equals("rollback")) {
      sent.add(name.toUpperCase(Locale.ROOT));
    } else if (name.startsWith("execute")) {
      sent.add(sql);
    }
    try {
      Object result = method.invoke(target, arguments);
      return result instanceof PreparedStatement statement && arguments != null
          ? counting(PreparedStatement.class, statement, String.valueOf(arguments[0]))
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

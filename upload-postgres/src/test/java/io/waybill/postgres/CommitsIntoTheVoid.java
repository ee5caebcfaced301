package io.waybill.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.testkit.ForwardingDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** Commits, and loses the answer. */
final class CommitsIntoTheVoid extends ForwardingDataSource {
  CommitsIntoTheVoid(HikariDataSource real) {
    super(real);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(connection, arguments);
                if (method.getName().equals("commit")) {
                  throw new SQLException("An I/O error occurred", "08006");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

package io.waybill.allinone.embedded;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.gaul.shaded.org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.gaul.shaded.org.eclipse.jetty.http.HttpCompliance;
import org.gaul.shaded.org.eclipse.jetty.http.UriCompliance;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConfiguration;
import org.gaul.shaded.org.eclipse.jetty.server.HttpConnectionFactory;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.server.ServerConnector;
import org.gaul.shaded.org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server before a {@link StoreDoor}. S3Proxy's own one reads the body of a form as
 * parameters, so that a part sent as {@code application/x-www-form-urlencoded} was lost, and takes
 * a length beside chunks, so that a part could be shorter than the length its URL was signed for.
 */
final class StoreServer {
  private static final int MOST_THREADS = 200;

  private final Server server;
  private final ServerConnector connector;

  StoreServer(StoreDoor door, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
    threads.setName("embedded-store");
    server = new Server(threads);
    connector = new ServerConnector(server, new HttpConnectionFactory(http()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Entrance(door)), "/*");
    server.setHandler(context);
    server.setStopTimeout(0);
  }

  private static HttpConfiguration http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.RFC9110);
    // An object key may hold what a path may not, such as an encoded slash.
    http.setUriCompliance(UriCompliance.LEGACY);
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    // A body is bytes, whatever its content type is: parameters come from the query alone.
    http.setFormEncodedMethods();
    return http;
  }

  void start() throws Exception {
    server.start();
  }

  void stop() throws Exception {
    server.stop();
  }

  @SuppressWarnings("serial") // servlets are serializable by inheritance; nobody writes this one
  private static final class Entrance extends HttpServlet {
    private final transient StoreDoor door;

    Entrance(StoreDoor door) {
      this.door = door;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      // or a charset that Java does not know would be looked up to read the query
      request.setCharacterEncoding(StandardCharsets.UTF_8.name());
      door.answer(request, response);
    }
  }
}

package io.waybill.acceptance.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody's own web server, with the page of {@code docs/browser-upload.md} and the library. */
final class ExamplePage implements AutoCloseable {
  private static final Path LIBRARY =
      Checkout.ROOT.resolve("control-api/src/main/resources/console/upload");
  private static final Pattern PAGE = Pattern.compile("(?ms)^```html\n(.*?)^```$");

  private final HttpServer server;
  private volatile String page = "";

  private ExamplePage(HttpServer server) {
    this.server = server;
  }

  static ExamplePage open() {
    try {
      InetAddress here = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
      ExamplePage example = new ExamplePage(server);
      server.createContext("/", example::answer);
      server.start();
      return example;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  URI origin() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Shows the page of the documentation, for this installation. */
  void shows(URI api) throws IOException {
    Matcher found = PAGE.matcher(Files.readString(Checkout.ROOT.resolve("docs/browser-upload.md")));
    if (!found.find()) {
      throw new IllegalStateException("the documentation shows no page");
    }
    page = found.group(1).replace("http://127.0.0.1:18080", api.toString());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Path file = LIBRARY.resolve(path.substring(path.lastIndexOf('/') + 1));
      boolean isPage = path.equals("/");
      if (!isPage && !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = isPage ? page.getBytes(UTF_8) : Files.readAllBytes(file);
      exchange.getResponseHeaders().set("Content-Type", isPage ? "text/html" : "text/javascript");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

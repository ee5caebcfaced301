package io.waybill.controlapi;

import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.pages.ApiPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people open in a browser, and the description of this API as it ships beside the code. */
final class DocsRoutes {

  private static final String FILE = "/openapi.yaml";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  /** Read once; all tables of a program describe the same API. */
  private static final String DESCRIPTION = text();

  /** Made for the first reader: most processes never have one. */
  private final Map<String, String> made = new ConcurrentHashMap<>();

  List<Route> routes() {
    return List.of(
        Route.open("/docs", exchange -> html(once("page", ApiPage::of))),
        Route.open(FILE, exchange -> HttpAnswer.text(200, "application/yaml", DESCRIPTION)),
        Route.open(
            "/openapi.json",
            exchange -> HttpAnswer.text(200, "application/json", once("json", DocsRoutes::json))));
  }

  private String once(String what, UnaryOperator<String> make) {
    return made.computeIfAbsent(what, unmade -> make.apply(DESCRIPTION));
  }

  /** For browsers, which read no YAML. */
  private static String json(String yaml) {
    return new YAMLMapper().readTree(yaml).toString();
  }

  /** A page that may load nothing and be framed by nobody. */
  private static HttpAnswer html(String page) {
    return HttpAnswer.text(200, HTML, page)
        .with("Content-Security-Policy", POLICY)
        .with("X-Content-Type-Options", "nosniff")
        .with("Cache-Control", "no-cache");
  }

  private static String text() {
    try (InputStream in = DocsRoutes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packs docs/openapi.yaml into this module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

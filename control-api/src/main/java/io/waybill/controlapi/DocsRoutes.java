package io.waybill.controlapi;

import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.pages.ApiPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people open in a browser, and the description of this API as it ships beside the code. */
final class DocsRoutes {

  private static final String FILE = "/openapi.yaml";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

  /** Read once; all tables of a program describe the same API. */
  private static final String DESCRIPTION = text();

  /** Rendered for the first reader: most processes never have one. */
  private @Nullable String page;

  /** The same for a browser, which reads no YAML. */
  private @Nullable String json;

  List<Route> routes() {
    return List.of(
        Route.open("/docs", exchange -> html(page())),
        Route.open(FILE, exchange -> HttpAnswer.text(200, "application/yaml", DESCRIPTION)),
        Route.open("/openapi.json", exchange -> HttpAnswer.text(200, "application/json", json())));
  }

  private synchronized String page() {
    String known = page;
    if (known == null) {
      known = ApiPage.of(DESCRIPTION);
      page = known;
    }
    return known;
  }

  private synchronized String json() {
    String known = json;
    if (known == null) {
      known = new YAMLMapper().readTree(DESCRIPTION).toString();
      json = known;
    }
    return known;
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

package io.waybill.controlapi;

import io.waybill.controlapi.edge.Answer;
import io.waybill.controlapi.edge.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The description of this API, as it ships beside the code. */
final class DocsRoutes {

  private static final String FILE = "/openapi.yaml";

  private DocsRoutes() {}

  static List<Route> of() {
    String text = text();
    return List.of(Route.get(FILE, exchange -> Answer.text(200, "application/yaml", text)));
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

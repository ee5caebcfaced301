package io.waybill.acceptance.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The routes that have one effect per {@code Idempotency-Key}, as the page of permissions says. */
final class Remembering {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z]+ /v1/[^`]+)` \\|.*\\| yes \\|$", Pattern.MULTILINE);

  private Remembering() {}

  static List<String> routes() {
    try {
      String page = Files.readString(Checkout.ROOT.resolve("docs/permissions.md"), UTF_8);
      return ROW.matcher(page).results().map(row -> row.group(1)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.waybill.controlapi.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a page that needs nothing else: no script, no font, no network. */
final class Html {

  private static final String STYLE = resource("/pages/style.css");

  private Html() {}

  static String page(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>
    %s</style>
    </head>
    <body>
    %s</body>
    </html>
    """
        .formatted(escaped(title), STYLE, body);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The Markdown that our descriptions use: paragraphs and code. */
  static String prose(String markdown) {
    return Stream.of(markdown.strip().split("\n\\s*\n"))
        .filter(paragraph -> !paragraph.isBlank())
        .map(paragraph ->
            "<p>" + escaped(paragraph).replaceAll("`([^`]*)`", "<code>$1</code>") + "</p>\n")
        .collect(Collectors.joining());
  }

  /** A file that the build packs into this module. */
  static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build packs " + name + " into this module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

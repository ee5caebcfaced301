package io.waybill.acceptance.docs;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of this checkout. */
record Page(Path path, String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\n`]*)\n(.*?)^```$");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

  static Page of(String name) {
    return of(Checkout.ROOT.resolve(name));
  }

  private static Page of(Path path) {
    try {
      return new Page(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The README, everything in docs, and the pages beside configuration. */
  static List<Page> all() {
    try (Stream<Path> docs = Files.walk(Checkout.ROOT.resolve("docs"));
        Stream<Path> brokers = Files.walk(Checkout.ROOT.resolve("broker-config"));
        Stream<Path> seeds = Files.walk(Checkout.ROOT.resolve("seeds"))) {
      return Stream.of(Stream.of(Checkout.ROOT.resolve("README.md")), docs, brokers, seeds)
          .flatMap(paths -> paths)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(Page::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands between fences with this info string. */
  List<String> blocks(String info) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(info))
        .map(block -> block.group(2))
        .toList();
  }

  /** Where its links go. */
  List<String> links() {
    return LINK.matcher(BLOCK.matcher(text).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .map(link -> link.substring(link.lastIndexOf('(') + 1, link.length() - 1))
        .toList();
  }

  /** The lines of a chapter, without its heading. */
  List<String> chapter(String heading) {
    return text.lines()
        .dropWhile(line -> !line.equals("## " + heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .toList();
  }

  @Override
  public String toString() {
    return Checkout.ROOT.relativize(path).toString();
  }
}

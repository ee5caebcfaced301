package io.waybill.acceptance.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.waybill.acceptance.site.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that has been written down, by where it stands. */
final class Haystacks {
  private final Map<String, String> all = new TreeMap<>();

  void add(String where, String text) {
    all.merge(where, text, String::concat);
  }

  /** Every row of every table, as JSON. */
  void addTables(Database database) {
    List<String> tables =
        database.texts(
            """
            select format('%I.%I', table_schema, table_name) from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
            """);
    for (String table : tables) {
      add(
          "table " + table,
          String.join("\n", database.texts("select row_to_json(t)::text from " + table + " t")));
    }
  }

  /** Every file below a folder whose name fits. */
  void addFiles(String kind, Path folder, Predicate<Path> fits) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).filter(fits).toList()) {
        add(kind + " " + folder.relativize(file), Files.readString(file, ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the text stands. */
  List<String> with(String text) {
    return all.entrySet().stream()
        .filter(stack -> stack.getValue().contains(text))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Each needle that stands anywhere, in words that do not repeat it. */
  List<String> found(Needles needles) {
    List<String> found = new ArrayList<>();
    needles
        .all()
        .forEach((secret, what) -> with(secret).forEach(where -> found.add(what + " in " + where)));
    return found.stream().sorted().distinct().toList();
  }
}

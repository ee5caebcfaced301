package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules on every statement of the module, found in the static fields of its classes. */
class StatementTextTest {
  private final List<Sql> statements = all();

  @Test
  void no_result_has_a_shape_that_a_migration_can_change() {
    assertThat(statements).hasSizeGreaterThan(30);
    assertThat(statements)
        .allSatisfy(sql -> assertThat(outermost(sql.text())).as(sql.name()).doesNotContain("*"));
  }

  @Test
  void every_statement_has_a_name_of_its_own() {
    Map<String, String> byName = new HashMap<>();
    statements.forEach(sql ->
        assertThat(byName.merge(sql.name(), sql.text(), (one, two) -> one.equals(two) ? one : "?"))
            .as(sql.name())
            .isEqualTo(sql.text()));
  }

  /** What stands in no parentheses: neither CTEs nor subqueries, which the server plans anew. */
  private static String outermost(String text) {
    StringBuilder kept = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static List<Sql> all() {
    List<Sql> found = new ArrayList<>();
    try (Stream<Path> classes =
        Files.list(
            Path.of(Sql.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("io/waybill/postgres"))) {
      for (Path file : classes.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        if (!name.equals("package-info")) {
          found.addAll(of(Class.forName("io.waybill.postgres." + name)));
        }
      }
    } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private static List<Sql> of(Class<?> holder) throws ReflectiveOperationException {
    List<Sql> found = new ArrayList<>();
    for (Field field : holder.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == Sql.class) {
        field.setAccessible(true);
        found.add((Sql) field.get(null));
      }
    }
    return found;
  }
}

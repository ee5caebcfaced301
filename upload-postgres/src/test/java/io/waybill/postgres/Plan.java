package io.waybill.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the server ran one statement.
 *
 * @param sql with {@code ?} where its parameters are
 * @param pages shared buffers that its steps touched; those of triggers are not among them
 * @param steps all of them, the ones below included
 */
record Plan(String sql, long pages, List<Map<?, ?>> steps) {
  /** More than this reads what nobody asked for; a page of a list here has fewer. */
  private static final double MANY = 60;

  static Plan of(String json) {
    Map<String, Object> explained = Json.map(json);
    List<Map<?, ?>> steps = new ArrayList<>();
    collect(explained.get("Plan"), steps);
    String sql = String.valueOf(explained.get("Query Text")).replaceAll("\\$\\d+", "?");
    Map<?, ?> root = steps.getFirst();
    return new Plan(
        sql,
        (long) (number(root, "Shared Hit Blocks") + number(root, "Shared Read Blocks")),
        List.copyOf(steps));
  }

  private static void collect(@Nullable Object value, List<Map<?, ?>> steps) {
    if (value instanceof Map<?, ?> step) {
      steps.add(step);
      if (step.get("Plans") instanceof List<?> below) {
        below.forEach(one -> collect(one, steps));
      }
    }
  }

  /** What it does that costs more the more rows there are. */
  List<String> wastes() {
    return steps.stream().flatMap(Plan::wastes).toList();
  }

  private static Stream<String> wastes(Map<?, ?> step) {
    double loops = number(step, "Actual Loops");
    String what = step.get("Node Type") + " of " + step.get("Relation Name");
    Stream.Builder<String> wastes = Stream.builder();
    if (number(step, "Actual Rows") * loops > MANY) {
      wastes.add("%s yields %.0f rows".formatted(what, number(step, "Actual Rows") * loops));
    }
    for (String removed :
        List.of(
            "Rows Removed by Filter",
            "Rows Removed by Join Filter",
            "Rows Removed by Index Recheck")) {
      if (number(step, removed) * loops > MANY) {
        wastes.add("%s: %.0f × %s".formatted(what, number(step, removed) * loops, removed));
      }
    }
    return wastes.build();
  }

  /** Large tables that it reads through. */
  Stream<String> readThrough() {
    return steps.stream()
        .filter(step -> String.valueOf(step.get("Node Type")).endsWith("Seq Scan"))
        .filter(step -> number(step, "Actual Rows") * number(step, "Actual Loops") > 0)
        .map(step -> String.valueOf(step.get("Relation Name")));
  }

  private static double number(Map<?, ?> step, String name) {
    return step.get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}

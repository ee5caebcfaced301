package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What was measured in each round, by name; their medians are docs/benchmarks.md's table. */
final class Figures {

  private static final String ECHO = "echo";

  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  void echo(Sample sample) {
    note(ECHO, sample);
  }

  /**
   * A command beside what it is made of.
   *
   * @param statements its own, per second, in pgbench
   */
  void command(String name, Sample sample, Sample echo, double statements) {
    note(name, sample);
    note(name + " db", statements);
    double h = 1 / (1 / echo.perSecond() + 1 / statements);
    note(name + " H", sample.perSecond() / h);
  }

  /**
   * Half as often as was possible.
   *
   * @param statements the 99th percentile of its own in pgbench, at half of their rate
   */
  void half(String name, Sample sample, Sample echo, double statements) {
    note(name + " half", sample);
    note(name + " half hoped", echo.p99Millis() + 3 * statements);
  }

  /** µs of CPU of a program for each answer. */
  void cpu(String name, String program, double micros) {
    note(name + " " + program, micros);
  }

  private void note(String name, Sample sample) {
    note(name, sample.perSecond());
    note(name + " p50", sample.p50Millis());
    note(name + " p99", sample.p99Millis());
  }

  private void note(String name, double figure) {
    figures.computeIfAbsent(name, k -> new ArrayList<>()).add(figure);
  }

  void print(Set<String> commands) {
    System.out.println("| | per second | p50 ms | p99 ms | its statements in pgbench | ÷ H |");
    System.out.println("|---|---|---|---|---|---|");
    System.out.printf(
        Locale.ROOT,
        "| echo | %,.0f | %.1f | %.1f | | |%n",
        median(ECHO),
        median(ECHO + " p50"),
        median(ECHO + " p99"));
    commands.forEach(this::print);
  }

  void printHalves(Set<String> commands) {
    System.out.println("| at half of that | per second | p50 ms | p99 ms | echo + 3 × pgbench |");
    System.out.println("|---|---|---|---|---|");
    for (String name : commands) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %.1f | %.1f | %.1f |%n",
          name,
          median(name + " half"),
          median(name + " half p50"),
          median(name + " half p99"),
          median(name + " half hoped"));
    }
  }

  void printCpu(Set<String> names, Set<String> programs) {
    System.out.println("| µs of CPU for each | " + String.join(" | ", programs) + " |");
    System.out.println("|---".repeat(1 + programs.size()) + "|");
    for (String name : names) {
      StringBuilder row = new StringBuilder("| " + name);
      programs.forEach(program ->
          row.append(String.format(Locale.ROOT, " | %,.0f", median(name + " " + program))));
      System.out.println(row.append(" |"));
    }
  }

  private void print(String name) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %.1f | %,.0f | %.2f |%n",
        name,
        median(name),
        median(name + " p50"),
        median(name + " p99"),
        median(name + " db"),
        median(name + " H"));
  }

  private double median(String name) {
    return median(figures.getOrDefault(name, List.of(Double.NaN)));
  }

  static double median(List<Double> of) {
    return of.stream().sorted().toList().get(of.size() / 2);
  }
}

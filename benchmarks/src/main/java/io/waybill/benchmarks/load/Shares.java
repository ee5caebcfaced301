package io.waybill.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How much CPU each program takes for a piece of work. */
final class Shares {
  /** What the kernel counts in, on every Linux. */
  private static final double MICROS_PER_TICK = 10_000;

  private final Map<String, ProcessHandle> programs;
  private final Map<String, Double> before = new LinkedHashMap<>();

  Shares(Map<String, ProcessHandle> programs) throws IOException {
    this.programs = new LinkedHashMap<>(programs);
    for (Map.Entry<String, ProcessHandle> program : this.programs.entrySet()) {
      before.put(program.getKey(), micros(program.getValue()));
    }
  }

  /**
   * Prints µs of CPU by program since this was made, for each of so many pieces.
   *
   * @param seconds that have gone by, for the share of one core
   */
  void print(String piece, long pieces, double seconds) throws IOException {
    System.out.println("| program | µs of CPU per " + piece + " | of one core |");
    System.out.println("|---|---|---|");
    for (Map.Entry<String, ProcessHandle> program : programs.entrySet()) {
      double micros =
          micros(program.getValue()) - before.getOrDefault(program.getKey(), Double.NaN);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %.0f %% |%n",
          program.getKey(),
          micros / pieces,
          micros / seconds / 1e4);
    }
  }

  /** µs of CPU of the program, its children, and those of them that have ended. */
  static double micros(ProcessHandle program) throws IOException {
    double ticks = 0;
    for (ProcessHandle each : Stream.concat(Stream.of(program), program.descendants()).toList()) {
      Path stat = Path.of("/proc/" + each.pid() + "/stat");
      if (Files.exists(stat)) {
        String line = Files.readString(stat);
        List<String> fields = List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        int last = each.equals(program) ? 15 : 13;
        for (int field = 11; field < last; field++) {
          ticks += Double.parseDouble(fields.get(field));
        }
      }
    }
    return ticks * MICROS_PER_TICK;
  }
}

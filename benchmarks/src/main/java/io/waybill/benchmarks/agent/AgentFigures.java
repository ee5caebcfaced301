package io.waybill.benchmarks.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each program took in each round; their medians are docs/benchmarks.md's table. */
final class AgentFigures {

  static final String AGENT = "agent";
  static final String SMALL = "agent, 64 MiB";
  static final String CURL = "4 × curl -T";

  private static final double SMALL_GIBIBYTES = 64.0 / 1024;

  private final double gibibytes;
  private final Map<String, List<Usage>> usages = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param gibibytes the size of the large file
   */
  AgentFigures(double gibibytes) {
    this.gibibytes = gibibytes;
  }

  void note(String name, Usage usage) {
    usages.computeIfAbsent(name, any -> new ArrayList<>()).add(usage);
  }

  void print() {
    System.out.println("| | CPU s/GiB | ÷ curl | MiB/s | ÷ curl | peak RSS MB |");
    System.out.println("|---|---|---|---|---|---|");
    for (Map.Entry<String, List<Usage>> program : usages.entrySet()) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.0f | %.2f | %.0f |%n",
          program.getKey(),
          cpu(program.getKey()),
          cpu(program.getKey()) / cpu(CURL),
          rate(program.getKey()),
          rate(program.getKey()) / rate(CURL),
          Usage.median(program.getValue(), Usage::peakMegabytes));
    }
    printStart();
  }

  private void printStart() {
    double start = Usage.median(of(SMALL), Usage::cpuSeconds);
    double whole = Usage.median(of(AGENT), Usage::cpuSeconds);
    double slope = (whole - start) / (gibibytes - SMALL_GIBIBYTES);
    System.out.printf(
        Locale.ROOT,
        "%nThe agent's start and a file of 64 MiB: %.2f CPU s; each further GiB: %.2f CPU s,"
            + " %.2f × curl.%n",
        start,
        slope,
        slope / cpu(CURL));
  }

  /** CPU seconds for a GiB. */
  private double cpu(String name) {
    return Usage.median(of(name), Usage::cpuSeconds) / size(name);
  }

  /** MiB per second. */
  private double rate(String name) {
    return size(name) * 1024 / Usage.median(of(name), Usage::seconds);
  }

  private List<Usage> of(String name) {
    return usages.getOrDefault(name, List.of());
  }

  private double size(String name) {
    return switch (name) {
      case AGENT, CURL -> gibibytes;
      case SMALL -> SMALL_GIBIBYTES;
      default -> Math.min(gibibytes, 1);
    };
  }
}

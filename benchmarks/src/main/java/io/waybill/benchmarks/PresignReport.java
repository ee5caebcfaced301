package io.waybill.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs {@link PresignBenchmark} and prints the table of {@code docs/benchmarks.md}. */
public final class PresignReport {

  /** Each row's benchmark; the first is what the others are divided by. */
  private static final Map<String, String> ROWS =
      new TreeMap<>(
          Map.of(
              "1 SDK presigner", "sdkPresigner",
              "2 SDK query signer alone", "sdkSigner",
              "3 Waybill, 1 URL", "waybillOne",
              "4 Waybill, 100 whole URLs", "waybillHundredFull",
              "5 Waybill, 100 as template and signatures", "waybillHundredCompact"));

  private PresignReport() {}

  /**
   * Measures.
   *
   * @param args number of runs, each in a JVM of its own; five when not given
   */
  public static void main(String[] args) throws RunnerException {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PresignBenchmark.class.getName())
                    .forks(runs)
                    .threads(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.seconds(5))
                    .measurementIterations(3)
                    .measurementTime(TimeValue.seconds(1))
                    .jvmArgs("-Xmx512m", "-XX:+UseSerialGC", "-Xbatch")
                    .addProfiler(GCProfiler.class)
                    .addProfiler(CpuProfiler.class)
                    .build())
            .run();
    print(results);
  }

  private static void print(Collection<RunResult> results) {
    Measured sdk = measured(results, "sdkPresigner");
    System.out.println(
        "| per URL, median | µs | µs of CPU | bytes of garbage | CPU ÷ SDK | garbage ÷ SDK |");
    System.out.println("|---|---|---|---|---|---|");
    ROWS.forEach((row, benchmark) -> {
      Measured it = measured(results, benchmark);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %,.0f | %.3f | %.3f |%n",
          row.substring(2),
          it.nanos() / 1_000,
          it.cpuNanos() / 1_000,
          it.bytes(),
          it.cpuNanos() / sdk.cpuNanos(),
          it.bytes() / sdk.bytes());
    });
  }

  private static Measured measured(Collection<RunResult> results, String benchmark) {
    RunResult result =
        results.stream()
            .filter(run -> run.getParams().getBenchmark().endsWith("." + benchmark))
            .findFirst()
            .orElseThrow();
    List<IterationResult> iterations =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .toList();
    return new Measured(
        median(iterations, iteration -> iteration.getPrimaryResult().getScore()),
        median(iterations, iteration -> score(iteration, CpuProfiler.CPU)),
        median(iterations, iteration -> score(iteration, "gc.alloc.rate.norm")));
  }

  @SuppressWarnings("rawtypes") // JMH declares its results so.
  private static double score(IterationResult iteration, String name) {
    return iteration.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(name))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElseThrow();
  }

  private static double median(
      List<IterationResult> iterations, ToDoubleFunction<IterationResult> of) {
    double[] sorted = iterations.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** What one URL cost. */
  private record Measured(double nanos, double cpuNanos, double bytes) {}
}

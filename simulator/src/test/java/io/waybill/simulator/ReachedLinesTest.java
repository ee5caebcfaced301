package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.upload.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.IMethodCoverage;
import org.jacoco.core.analysis.IPackageCoverage;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.data.SessionInfoStore;
import org.jacoco.core.instr.Instrumenter;
import org.jacoco.core.runtime.IRuntime;
import org.jacoco.core.runtime.LoggerRuntime;
import org.jacoco.core.runtime.RuntimeData;
import org.junit.jupiter.api.Test;

/** Which lines and branches of the core lives come by; docs/simulation.md says it. */
class ReachedLinesTest {

  private static final int LIVES = 250;
  private static final String CORE = "io.waybill.core.";
  private static final String MEMORY = "io.waybill.core.memory.";
  private static final String USE_CASES = "io/waybill/core/upload/usecase";
  private static final Page PAGE = new Page("lines");

  @Test
  void lives_come_by_nearly_every_line_that_moves_an_upload() throws Exception {
    CoverageBuilder reached = reached();

    IPackageCoverage useCases =
        reached.getBundle("core").getPackages().stream()
            .filter(one -> one.getName().equals(USE_CASES))
            .findFirst()
            .orElseThrow();
    PAGE.write(lines(reached));
    assertThat(useCases.getLineCounter().getCoveredRatio())
        .as("of the lines of %s", USE_CASES)
        .isGreaterThan(0.7);
  }

  private static CoverageBuilder reached() throws Exception {
    IRuntime runtime = new LoggerRuntime();
    RuntimeData data = new RuntimeData();
    runtime.startup(data);
    try (Copies counted = new Counted(new Instrumenter(runtime))) {
      for (Way way : Way.values()) {
        assertThat(counted.live(LIVES, way)).as("the first life that breaks").isZero();
      }
      ExecutionDataStore store = new ExecutionDataStore();
      data.collect(store, new SessionInfoStore(), false);
      return analyzed(store);
    } finally {
      runtime.shutdown();
    }
  }

  private static CoverageBuilder analyzed(ExecutionDataStore store) throws Exception {
    CoverageBuilder builder = new CoverageBuilder();
    Path classes =
        Path.of(Session.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    new Analyzer(store, builder).analyzeAll(classes.toFile());
    return builder;
  }

  private static List<String> lines(CoverageBuilder reached) {
    List<String> lines =
        new ArrayList<>(List.of("| package | lines | branches |", "|---|---|---|"));
    reached.getBundle("core").getPackages().stream()
        .filter(one -> !one.getName().contains("/memory"))
        .filter(one -> one.getLineCounter().getCoveredCount() > 0)
        .sorted(Comparator.comparing(IPackageCoverage::getName))
        .forEach(one ->
            lines.add(
                "| `%s` | %s | %s |"
                    .formatted(
                        one.getName().substring(CORE.length() - "core.".length()).replace('/', '.'),
                        share(one.getLineCounter()),
                        share(one.getBranchCounter()))));
    lines.add("");
    lines.add(
        "Never reached in `core.upload.usecase`: " + String.join(", ", unreached(reached)) + ".");
    return lines;
  }

  private static String share(ICounter counter) {
    return counter.getTotalCount() == 0
        ? "–"
        : String.format(
            Locale.ROOT, "%.0f %% of %d", 100 * counter.getCoveredRatio(), counter.getTotalCount());
  }

  /** Methods of which no line was run, by their class. */
  private static List<String> unreached(CoverageBuilder reached) {
    TreeMap<String, List<String>> methods = new TreeMap<>();
    for (IClassCoverage one : reached.getClasses()) {
      if (one.getPackageName().equals(USE_CASES)) {
        one.getMethods().stream()
            .filter(method -> method.getLineCounter().getCoveredCount() == 0)
            .map(IMethodCoverage::getName)
            .filter(name -> !name.startsWith("lambda$") && !name.startsWith("<"))
            .forEach(
                name -> methods.computeIfAbsent(simple(one), c -> new ArrayList<>()).add(name));
      }
    }
    return methods.entrySet().stream()
        .map(entry ->
            "`%s` (%s)"
                .formatted(
                    entry.getKey(),
                    String.join(", ", entry.getValue().stream().distinct().sorted().toList())))
        .toList();
  }

  private static String simple(IClassCoverage one) {
    return one.getName().substring(one.getName().lastIndexOf('/') + 1).replace('$', '.');
  }

  /** Copies of the core that count what is run of them. */
  private static final class Counted extends Copies {
    private final Instrumenter instrumenter;

    Counted(Instrumenter instrumenter) throws IOException {
      this.instrumenter = instrumenter;
    }

    @Override
    byte[] changed(String name, byte[] bytes) throws IOException {
      return name.startsWith(CORE) && !name.startsWith(MEMORY)
          ? instrumenter.instrument(bytes, name)
          : bytes;
    }
  }
}

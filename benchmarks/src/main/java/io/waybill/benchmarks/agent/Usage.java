package io.waybill.benchmarks.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program took, from its start to its end.
 *
 * @param cpuSeconds user and system, of the program and whatever it started
 * @param peakMegabytes resident set, of all its processes together
 */
record Usage(double seconds, double cpuSeconds, double peakMegabytes) {

  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  /** Runs a command to its end; a failure of it is ours. */
  static Usage of(Map<String, String> environment, Path log, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(timed(log, command));
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process shell = builder.start();
    Map<Long, Double> peaks = new HashMap<>();
    while (!shell.waitFor(15, TimeUnit.MILLISECONDS)) {
      shell
          .descendants()
          .forEach(child -> peaks.merge(child.pid(), memory(child.pid(), "VmHWM"), Math::max));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String times = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (shell.exitValue() != 0) {
      throw new IllegalStateException(command.getFirst() + ": " + Files.readString(log));
    }
    double peak = peaks.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Usage(seconds, cpu(times.lines().toList().getLast()), peak);
  }

  private static List<String> timed(Path log, List<String> command) {
    List<String> timed = new ArrayList<>(List.of("sh", "-c"));
    timed.add("log=$1; shift; \"$@\" >\"$log\" 2>&1 || exit 1; times");
    timed.add("sh");
    timed.add(log.toString());
    timed.addAll(command);
    return timed;
  }

  /** The children's line of the shell's {@code times}. */
  private static double cpu(String line) {
    double seconds = 0;
    for (Matcher time = TIME.matcher(line); time.find(); ) {
      seconds += 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
    }
    return seconds;
  }

  /** In megabytes, {@code VmRSS} or {@code VmHWM}; 0 when the process is over. */
  static double memory(long pid, String what) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith(what + ":"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  static double median(List<Usage> usages, ToDoubleFunction<Usage> of) {
    double[] sorted = usages.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}

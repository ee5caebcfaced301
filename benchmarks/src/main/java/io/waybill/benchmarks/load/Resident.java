package io.waybill.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process keeps in memory. */
final class Resident {
  private Resident() {}

  /** Resident memory of a process in MiB: now, and the most it ever was. */
  static String memory(ProcessHandle process) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"));
    return "%d, at most %d".formatted(mebibytes(lines, "VmRSS:"), mebibytes(lines, "VmHWM:"));
  }

  private static long mebibytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}

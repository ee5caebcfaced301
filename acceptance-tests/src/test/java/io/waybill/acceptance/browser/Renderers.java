package io.waybill.acceptance.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processes of this one's browsers that draw pages. */
final class Renderers {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private Renderers() {}

  /** Seconds of CPU that they have taken so far, all together. */
  static double seconds() {
    return ProcessHandle.current().descendants().mapToLong(Renderers::ticks).sum()
        / TICKS_PER_SECOND;
  }

  private static long ticks(ProcessHandle process) {
    Path proc = Path.of("/proc", "" + process.pid());
    try {
      if (!Files.readString(proc.resolve("cmdline")).contains("--type=renderer")) {
        return 0;
      }
      String stat = Files.readString(proc.resolve("stat"));
      // Fields of proc(5), counted from the state on: names may have blanks.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    } catch (IOException gone) {
      return 0;
    }
  }
}

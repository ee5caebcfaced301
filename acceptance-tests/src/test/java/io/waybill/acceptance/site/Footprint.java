package io.waybill.acceptance.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a program of ours keeps.
 *
 * @param residentKib of memory, as the kernel says
 * @param heapKib on its heap, after a collection
 * @param threads those of the operating system; virtual ones are on its heap
 */
public record Footprint(long residentKib, long heapKib, long threads) {
  /** Has it collect its garbage before its heap is looked at. */
  public static Footprint of(Program program) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String pid = "" + program.pid();
    long resident = status(pid, "VmRSS");
    Command.of(jcmd, pid, "GC.run").run();
    long heap =
        Command.of(jcmd, pid, "GC.heap_info")
            .run()
            .lines()
            .filter(line -> line.contains("total") && line.contains(" used "))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".* used (\\d+)K.*", "$1")))
            .sum();
    return new Footprint(resident, heap, status(pid, "Threads"));
  }

  private static long status(String pid, String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", pid, "status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}

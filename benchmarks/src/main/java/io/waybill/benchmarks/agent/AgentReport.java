package io.waybill.benchmarks.agent;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.UnreachableException;
import io.waybill.benchmarks.FastStore;
import io.waybill.wire.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Measures the agent beside curl, aws-cli and rclone, and prints docs/benchmarks.md's tables. */
public final class AgentReport {

  private static final long MIB = 1L << 20;
  private static final long PART = 16 * MIB;
  private static final long SMALL = 64 * MIB;
  private static final int AT_ONCE = 4;
  private static final int REQUESTS = 6_000;

  private final SentFiles files;
  private final Programs programs;
  private final Clients clients;
  private final Tools tools;
  private final AgentFigures figures;

  private AgentReport(SentFiles files, Programs programs, Tools tools, double gibibytes) {
    this.files = files;
    this.programs = programs;
    this.clients = new Clients(programs);
    this.tools = tools;
    this.figures = new AgentFigures(gibibytes);
  }

  /**
   * Measures.
   *
   * @param args the checkout, MiB of the file, rounds, and the tools to stand beside it
   */
  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]).toAbsolutePath();
    int mebibytes = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    List<String> tools = List.of(args).subList(3, args.length);
    try (SentFiles files = SentFiles.make();
        FastStore store = new FastStore();
        Programs programs = new Programs(home, files.folder(), store.url())) {
      programs.start();
      Tools known = new Tools(files.folder(), store.url());
      new AgentReport(files, programs, known, mebibytes / 1024.0).report(mebibytes, rounds, tools);
    }
  }

  private void report(int mebibytes, int rounds, List<String> beside) throws Exception {
    clients.awaitAnswers();
    Path file = files.file("run.bin", mebibytes * MIB);
    Path small = files.file("small.bin", SMALL);
    Path forTools = files.file("tools.bin", Math.min(mebibytes, 1024) * MIB);
    List<Path> slices = files.slices(file, PART);
    warm(small);
    for (int round = 0; round < rounds; round++) {
      measure(AgentFigures.AGENT, programs.agentEnvironment(state()), agent(file));
      curl(slices);
      measure(AgentFigures.SMALL, programs.agentEnvironment(state()), agent(small));
      for (String tool : beside) {
        measure(tool, tools.environment(), tools.command(tool, forTools));
      }
      System.err.println("round " + (round + 1) + " of " + rounds + " is done");
    }
    figures.print();
    printIdle(file);
    printPlatform();
  }

  private void warm(Path file) throws IOException, InterruptedException {
    Path unmeasured = files.folder().resolve("first.log");
    Usage.of(programs.agentEnvironment(files.folder().resolve("first")), unmeasured, agent(file));
  }

  private Path state() {
    return files.folder().resolve("state-" + UUID.randomUUID());
  }

  private void measure(String name, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    figures.note(name, Usage.of(environment, files.folder().resolve("last.log"), command));
  }

  private List<String> agent(Path file, String... more) throws IOException {
    List<String> command = new ArrayList<>(programs.agent());
    command.addAll(
        List.of("upload", file.toString(), "--part-size", "16M", "--connections", "" + AT_ONCE));
    command.addAll(List.of(more));
    return command;
  }

  /** Each of four gets every fourth part and sends one after the other on its connection. */
  private void curl(List<Path> slices)
      throws IOException, InterruptedException, UnreachableException {
    try (ControlPlane plane = clients.http()) {
      long bytes = 0;
      for (Path slice : slices) {
        bytes += Files.size(slice);
      }
      Result.UploadObject object = Clients.create(plane, bytes, PART);
      List<String> urls = Clients.urls(plane, object);
      measure(AgentFigures.CURL, Map.of(), List.of("sh", "-c", script(slices, urls)));
      Clients.complete(plane, object);
    }
  }

  private String script(List<Path> slices, List<String> urls) throws IOException {
    StringBuilder script = new StringBuilder();
    for (int n = 0; n < AT_ONCE; n++) {
      StringBuilder options = new StringBuilder();
      for (int part = n; part < slices.size(); part += AT_ONCE) {
        options.append("upload-file = \"" + slices.get(part) + "\"\n");
        options.append("url = \"" + urls.get(part) + "\"\noutput = /dev/null\n");
      }
      Path config = Files.writeString(files.folder().resolve("curl-" + n), options);
      script.append("curl -sS --fail -K " + config + " & ");
    }
    return script + "wait";
  }

  private void printIdle(Path file) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "%nAgent connected, limited to 10 KB/s: %.0f MB resident.%n",
        idleMegabytes(file));
  }

  private double idleMegabytes(Path file) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(agent(file, "--max-bytes-per-second", "10K"))
            .redirectErrorStream(true)
            .redirectOutput(files.folder().resolve("idle.log").toFile());
    builder.environment().putAll(programs.agentEnvironment(state()));
    Process agent = builder.start();
    try {
      agent.waitFor(15, TimeUnit.SECONDS);
      return Usage.memory(agent.pid(), "VmRSS");
    } finally {
      agent.destroyForcibly().waitFor();
    }
  }

  private void printPlatform() throws InterruptedException, UnreachableException {
    double apiBefore = programs.controlApiMegabytes("VmRSS");
    double gatewayBefore = programs.gatewayMegabytes("VmRSS");
    clients.load(false, 8, 4, REQUESTS);
    clients.load(true, 8, 8, REQUESTS);
    System.out.println("\n| resident MB | before | after the load | peak |");
    System.out.println("|---|---|---|---|");
    System.out.printf(
        Locale.ROOT,
        "| control-api | %.0f | %.0f | %.0f |%n| gateway | %.0f | %.0f | %.0f |%n",
        apiBefore,
        programs.controlApiMegabytes("VmRSS"),
        programs.controlApiMegabytes("VmHWM"),
        gatewayBefore,
        programs.gatewayMegabytes("VmRSS"),
        programs.gatewayMegabytes("VmHWM"));
  }
}

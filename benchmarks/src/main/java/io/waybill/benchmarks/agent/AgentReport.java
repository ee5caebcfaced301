package io.waybill.benchmarks.agent;

import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.UnreachableException;
import io.waybill.wire.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Measures the agent beside curl, aws-cli and rclone, and prints docs/benchmarks.md's tables. */
public final class AgentReport {

  private static final long MIB = 1L << 20;
  private static final long PART = 16 * MIB;
  private static final long SMALL = 64 * MIB;
  private static final int AT_ONCE = 4;
  private static final int REQUESTS = 6_000;

  private final Path folder;
  private final Programs programs;
  private final Clients clients;
  private final String storeUrl;
  private final Map<String, List<Usage>> usages = new LinkedHashMap<>();

  private AgentReport(Path folder, Programs programs, String storeUrl) {
    this.folder = folder;
    this.programs = programs;
    this.clients = new Clients(programs);
    this.storeUrl = storeUrl;
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
    Path folder = Files.createTempDirectory("waybill-benchmark-");
    try (FastStore store = new FastStore();
        Programs programs = new Programs(home, folder, store.url())) {
      programs.start();
      new AgentReport(folder, programs, store.url()).report(mebibytes, rounds, tools);
    } finally {
      delete(folder);
    }
  }

  private void report(int mebibytes, int rounds, List<String> tools) throws Exception {
    clients.awaitAnswers();
    Path file = file("run.bin", mebibytes * MIB);
    Path small = file("small.bin", SMALL);
    Path forTools = file("tools.bin", Math.min(mebibytes, 1024) * MIB);
    List<Path> slices = slices(file);
    Path unmeasured = folder.resolve("first.log");
    Usage.of(programs.agentEnvironment(folder.resolve("first")), unmeasured, agent(small));
    for (int round = 0; round < rounds; round++) {
      measure("agent", programs.agentEnvironment(state()), agent(file));
      curl(slices);
      measure("agent, 64 MiB", programs.agentEnvironment(state()), agent(small));
      for (String tool : tools) {
        measure(tool, toolEnvironment(), tool(tool, forTools));
      }
      System.err.println("round " + (round + 1) + " of " + rounds + " is done");
    }
    print(mebibytes / 1024.0);
    double idle = idleMegabytes(file);
    System.out.printf(
        Locale.ROOT, "%nAgent connected, limited to 10 KB/s: %.0f MB resident.%n", idle);
    printPlatform();
  }

  private Path state() {
    return folder.resolve("state-" + UUID.randomUUID());
  }

  private void measure(String name, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Usage usage = Usage.of(environment, folder.resolve("last.log"), command);
    usages.computeIfAbsent(name, any -> new ArrayList<>()).add(usage);
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
      StringBuilder script = new StringBuilder();
      for (int n = 0; n < AT_ONCE; n++) {
        StringBuilder options = new StringBuilder();
        for (int part = n; part < slices.size(); part += AT_ONCE) {
          options.append("upload-file = \"" + slices.get(part) + "\"\n");
          options.append("url = \"" + urls.get(part) + "\"\noutput = /dev/null\n");
        }
        Path config = Files.writeString(folder.resolve("curl-" + n), options);
        script.append("curl -sS --fail -K " + config + " & ");
      }
      measure("4 × curl -T", Map.of(), List.of("sh", "-c", script + "wait"));
      Clients.complete(plane, object);
    }
  }

  private Map<String, String> toolEnvironment() throws IOException {
    Path aws =
        Files.writeString(
            folder.resolve("aws"),
            """
            [default]
            s3 =
              max_concurrent_requests = 4
              multipart_chunksize = 16MB
              multipart_threshold = 16MB
              addressing_style = path
            """);
    return Map.of(
        "AWS_CA_BUNDLE",
        "",
        "AWS_CONFIG_FILE",
        aws.toString(),
        "AWS_ACCESS_KEY_ID",
        "benchmark",
        "AWS_SECRET_ACCESS_KEY",
        "benchmark",
        "AWS_DEFAULT_REGION",
        "us-east-1");
  }

  private List<String> tool(String name, Path file) {
    return switch (name) {
      case "aws" ->
          List.of(
              "/usr/bin/aws",
              "--endpoint-url",
              storeUrl,
              "s3",
              "cp",
              "--quiet",
              file.toString(),
              "s3://robot-data/aws.bin");
      case "rclone" ->
          List.of(
              "rclone",
              "copyto",
              file.toString(),
              ":s3:robot-data/rclone-" + UUID.randomUUID(),
              "--config=/dev/null",
              "--s3-provider=Other",
              "--s3-env-auth",
              "--s3-endpoint=" + storeUrl,
              "--s3-chunk-size=16M",
              "--s3-upload-concurrency=4",
              "--s3-no-check-bucket");
      default -> throw new IllegalArgumentException("no tool named " + name + ": aws or rclone");
    };
  }

  private double idleMegabytes(Path file) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(agent(file, "--max-bytes-per-second", "10K"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("idle.log").toFile());
    builder.environment().putAll(programs.agentEnvironment(state()));
    Process agent = builder.start();
    try {
      agent.waitFor(15, TimeUnit.SECONDS);
      return Usage.memory(agent.pid(), "VmRSS");
    } finally {
      agent.destroyForcibly().waitFor();
    }
  }

  private void print(double gibibytes) {
    List<Usage> curl = usages.getOrDefault("4 × curl -T", List.of());
    double curlCpu = Usage.median(curl, Usage::cpuSeconds) / gibibytes;
    double curlRate = gibibytes * 1024 / Usage.median(curl, Usage::seconds);
    System.out.println("| | CPU s/GiB | ÷ curl | MiB/s | ÷ curl | peak RSS MB |");
    System.out.println("|---|---|---|---|---|---|");
    usages.forEach((name, all) -> {
      double size = gibibytes(name, gibibytes);
      double cpu = Usage.median(all, Usage::cpuSeconds) / size;
      double rate = size * 1024 / Usage.median(all, Usage::seconds);
      double peak = Usage.median(all, Usage::peakMegabytes);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.0f | %.2f | %.0f |%n",
          name,
          cpu,
          cpu / curlCpu,
          rate,
          rate / curlRate,
          peak);
    });
    List<Usage> agent = usages.getOrDefault("agent", List.of());
    List<Usage> start = usages.getOrDefault("agent, 64 MiB", List.of());
    double startCpu = Usage.median(start, Usage::cpuSeconds);
    double slope =
        (Usage.median(agent, Usage::cpuSeconds) - startCpu) / (gibibytes - SMALL / 1024.0 / MIB);
    System.out.printf(
        Locale.ROOT,
        "%nThe agent's start and a file of 64 MiB: %.2f CPU s; each further GiB: %.2f CPU s,"
            + " %.2f × curl.%n",
        startCpu,
        slope,
        slope / curlCpu);
  }

  private static double gibibytes(String name, double whole) {
    return switch (name) {
      case "agent", "4 × curl -T" -> whole;
      case "agent, 64 MiB" -> SMALL / 1024.0 / MIB;
      default -> Math.min(whole, 1);
    };
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

  private Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    byte[] piece = new byte[(int) MIB];
    new Random(17).nextBytes(piece);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < bytes; written += piece.length) {
        out.write(piece);
      }
    }
    return file;
  }

  private List<Path> slices(Path file) throws IOException {
    List<Path> slices = new ArrayList<>();
    long size = Files.size(file);
    for (long at = 0; at < size; at += PART) {
      slices.add(file("part-" + slices.size(), Math.min(PART, size - at)));
    }
    return slices;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}

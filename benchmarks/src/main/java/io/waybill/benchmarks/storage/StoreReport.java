package io.waybill.benchmarks.storage;

import io.waybill.benchmarks.storage.Measuring.Rate;
import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Prints the table of docs/benchmarks.md: one upload's steps over HTTP, side by side. */
public final class StoreReport {

  private static final int CONNECTIONS = 32;
  private static final int COMPLETED = 1_000;

  private final Map<String, Map<String, List<Rate>>> rates = new LinkedHashMap<>();

  private StoreReport() {}

  /** Home, Companion's program, rounds beside the first, which only warms, and seconds of each. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    int rounds = Integer.parseInt(arguments[2]);
    Measuring measuring = new Measuring(CONNECTIONS, Double.parseDouble(arguments[3]));
    Path folder = Files.createTempDirectory("waybill-storage-");
    S3Endpoint store = store();
    try (Servers servers = new Servers(home, folder, store)) {
      WaybillSide waybill = servers.waybill();
      List<Side> sides =
          List.of(StoreSide.of(store), servers.companion(Path.of(arguments[1])), waybill);
      StoreReport report = new StoreReport();
      for (int round = 0; round <= rounds; round++) {
        report.round(measuring, sides);
        if (round == 0) {
          report.rates.clear();
        }
        System.err.println("round " + round + " of " + rounds);
      }
      report.print(sides);
      System.out.println();
      System.out.println("control-api, resident MB: " + memory(waybill.pid()));
    }
  }

  private static S3Endpoint store() {
    URI endpoint = URI.create(variable("ENDPOINT"));
    return new S3Endpoint(
        endpoint,
        endpoint,
        Objects.requireNonNullElse(System.getenv("WAYBILL_TEST_S3_REGION"), "us-east-1"),
        new S3Credentials(variable("ACCESS_KEY"), variable("SECRET_KEY")),
        S3Addressing.PATH,
        variable("BUCKET"),
        false);
  }

  private static String variable(String name) {
    return Objects.requireNonNull(
        System.getenv("WAYBILL_TEST_S3_" + name), () -> "set WAYBILL_TEST_S3_" + name);
  }

  private void round(Measuring measuring, List<Side> sides)
      throws IOException, InterruptedException {
    for (Side side : sides) {
      note("create", side, measuring.creates(side));
    }
    for (Side side : sides) {
      note("complete, 1 part", side, measuring.completes(side, COMPLETED));
    }
    for (Side side : sides) {
      note("sign 1 part", side, measuring.signs(side, 1, false));
    }
    for (Side side : sides) {
      note("sign 100 parts, full", side, measuring.signs(side, 100, false));
    }
    for (Side side : sides) {
      note("sign 100 parts, compact", side, measuring.signs(side, 100, true));
    }
  }

  private void note(String what, Side side, Rate rate) {
    rates
        .computeIfAbsent(what, name -> new LinkedHashMap<>())
        .computeIfAbsent(side.name(), name -> new ArrayList<>())
        .add(rate);
  }

  private void print(List<Side> sides) {
    System.out.println(
        "| per second, median | bare store | Companion | Waybill | ÷ Companion | CPU ms of Companion |"
            + " CPU ms of control-api |");
    System.out.println("|---|---|---|---|---|---|---|");
    rates.forEach((what, bySide) -> {
      Map<String, Double> perSecond = new LinkedHashMap<>();
      Map<String, Double> cpu = new LinkedHashMap<>();
      for (Side side : sides) {
        List<Rate> seen = bySide.getOrDefault(side.name(), List.of());
        perSecond.put(side.name(), median(seen, Rate::perSecond));
        cpu.put(side.name(), median(seen, Rate::cpuMillis));
      }
      double companion = of(perSecond, what.endsWith("compact") ? "" : "Companion");
      double beside =
          what.endsWith("compact") ? median(full("Companion"), Rate::perSecond) : companion;
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %.2f | %.2f | %.2f |",
              what,
              shown(of(perSecond, "bare store")),
              shown(companion),
              shown(of(perSecond, "Waybill")),
              of(perSecond, "Waybill") / beside,
              of(cpu, "Companion"),
              of(cpu, "Waybill")));
    });
  }

  private List<Rate> full(String side) {
    return rates.getOrDefault("sign 100 parts, full", Map.of()).getOrDefault(side, List.of());
  }

  private static double of(Map<String, Double> values, String side) {
    return values.getOrDefault(side, 0.0);
  }

  private static String shown(double perSecond) {
    return perSecond == 0 ? "" : String.format(Locale.ROOT, "%,.0f", perSecond);
  }

  private static double median(List<Rate> rates, ToDoubleFunction<Rate> of) {
    double[] sorted = rates.stream().mapToDouble(of).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static String memory(long pid) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("/proc", "" + pid, "status"))) {
      if (line.startsWith("VmRSS:") || line.startsWith("VmHWM:")) {
        long kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
        text.append(line.startsWith("VmHWM") ? "at most " : "now ")
            .append(kilobytes / 1024)
            .append("  ");
      }
    }
    return text.toString().strip();
  }
}

package io.waybill.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The same statements, of any of the devices each time, from PostgreSQL's own client, over as many
 * connections as a gateway has.
 */
record Pgbench(Installation site, Duration time) {

  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors() * 2 + 1;
  private static final Pattern URL = Pattern.compile("jdbc:postgresql://([^:]+):(\\d+)/(\\w+)");
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

  /** Scripts per second. */
  double run(List<Path> scripts) throws IOException, InterruptedException {
    return perSecond(scripts, List.of());
  }

  /** The 99th percentile at so many scripts per second, in ms from when each was due. */
  double p99Millis(List<Path> scripts, double perSecond) throws IOException, InterruptedException {
    Path logs = Files.createTempDirectory(site.folder(), "pgbench-");
    double _ =
        perSecond(
            scripts, List.of("-R", "" + perSecond, "-l", "--log-prefix=" + logs.resolve("log")));
    try (Stream<Path> files = Files.list(logs)) {
      List<Double> micros =
          Files.readAllLines(files.findFirst().orElseThrow()).stream()
              .map(line -> Double.parseDouble(line.split(" ", -1)[2]))
              .sorted()
              .toList();
      return micros.get((int) (micros.size() * 0.99)) / 1000;
    }
  }

  private double perSecond(List<Path> scripts, List<String> more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command(scripts));
    command.addAll(1, more);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", site.databasePassword());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher rate = RATE.matcher(said);
    if (process.waitFor() != 0 || !rate.find()) {
      throw new IllegalStateException("pgbench failed on " + scripts + ":\n" + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  private List<String> command(List<Path> scripts) {
    MatchResult url = URL.matcher(site.databaseUrl()).results().findFirst().orElseThrow();
    String how = "pgbench -n -M simple -j 1 -U waybill";
    List<String> command = new ArrayList<>(List.of(how.split(" ")));
    command.addAll(List.of("-c", "" + CONNECTIONS, "-T", "" + time.toSeconds()));
    command.addAll(List.of("-h", url.group(1), "-p", url.group(2)));
    for (int number = 0; number < scripts.size(); number++) {
      command.addAll(List.of("-D", "prepared" + number + "=0"));
      command.addAll(List.of("-f", scripts.get(number).toString()));
    }
    command.add(url.group(3));
    return command;
  }
}

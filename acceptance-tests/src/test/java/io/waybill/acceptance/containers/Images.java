package io.waybill.acceptance.containers;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The three images of one build.
 *
 * @param prefix what their names have before the program's
 * @param version their tag
 */
record Images(String prefix, String version) {
  static final List<String> PROGRAMS = List.of("control-api", "gateway", "agent");

  /** What their jars have; long gone, so that it is nobody's own time. */
  static final Instant TIME_OF_JARS = Instant.parse("2024-02-29T12:00:00Z");

  /** Builds them from a checkout. */
  void build(Path checkout) throws Exception {
    String time = "SOURCE_DATE_EPOCH=" + TIME_OF_JARS.getEpochSecond();
    // One after the other: the classic builder, asked for all at once, makes their common stages
    // once for each.
    for (String program : PROGRAMS) {
      Command.of(
              "docker", "build", "--build-arg", time, "--target", program, "-t", of(program), ".")
          .in(checkout)
          .run();
    }
  }

  void remove() {
    for (String program : PROGRAMS) {
      Composed.says(Checkout.ROOT, "docker", "rmi", "-f", of(program));
    }
  }

  String of(String program) {
    return prefix + "/" + program + ":" + version;
  }

  String inspect(String program, String format) throws Exception {
    return docker("inspect", "--format", format, of(program));
  }

  /** How a container ends that is started with these options. */
  int exitCodeOfRun(String program, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm"));
    command.addAll(List.of(options));
    command.add(of(program));
    return Command.of(command).end().exitCode();
  }

  /** When the files under a path were last written, by their names. */
  Map<String, Instant> timesIn(String program, String path) throws Exception {
    Path tar = Files.createTempFile(program, ".tar");
    String container = Command.of("docker", "create", of(program)).print();
    docker("export", "-o", tar.toString(), container);
    docker("rm", container);
    String list = Command.of("tar", "-tvf", tar.toString(), "--utc", "--full-time", path).print();
    Files.delete(tar);
    Map<String, Instant> times = new TreeMap<>();
    list.lines()
        .map(line -> line.split(" +", 6))
        .filter(words -> words[0].startsWith("-"))
        .forEach(words -> times.put(words[5], Instant.parse(words[3] + "T" + words[4] + "Z")));
    return times;
  }

  /** What a command of the engine says, which must go well. */
  static String docker(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    return Command.of(command).run();
  }
}

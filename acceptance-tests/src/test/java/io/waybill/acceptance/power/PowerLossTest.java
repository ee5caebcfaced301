package io.waybill.acceptance.power;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.power.RecordedDisk.Loss;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.agent.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent's calls of its file system are written down while it uploads; then the power fails after
 * each of them, and what is left of the state directory is gone on with.
 */
@Timeout(600)
class PowerLossTest {
  private static final List<Integer> SIZES = List.of(5_300_000, 40_000, 3000);

  @TempDir private Path folder;

  /**
   * A state directory as it was found, by its content; and whether a request had gone out by then.
   */
  private final Set<String> seen = new HashSet<>();

  private int outages;

  @Test
  void whereverThePowerFailsWhatIsLeftIsGoneOnWith() throws Exception {
    String missing = Tools.missing("strace");
    assumeTrue(missing.isEmpty(), missing);
    try (Site site = Site.open(folder)) {
      site.controlApi();
      site.gateway("waybill-gateway");
      Path disk = Files.createDirectory(folder.resolve("disk"));
      Path log = folder.resolve("calls.log");
      upload(site, disk.resolve("state"), log);
      List<String> uploads = List.copyOf(names(disk.resolve("state/uploads")));

      RecordedDisk recorded = new RecordedDisk(disk);
      boolean[] asked = {false};
      Trace.read(
          log,
          call -> {
            if (recorded.apply(call)) {
              everyLoss(site, recorded, asked[0] ? uploads : List.of());
            } else if (isRequest(call)) {
              asked[0] = true;
              everyLoss(site, recorded, uploads);
            }
          });

      assertThat(asked[0]).as("a request was seen").isTrue();
      assertThat(outages).as("states that were gone on with").isGreaterThan(10);
      assertThat(site.database().count("select count(*) from upload_tasks")).isEqualTo(1);
      assertThat(site.database().count("select count(*) from datasets where status = 'READY'"))
          .isEqualTo(SIZES.size());
    }
  }

  private void upload(Site site, Path state, Path log) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("upload"));
    byte[] bytes = new byte[SIZES.getFirst()];
    new Random(7).nextBytes(bytes);
    for (int size : SIZES) {
      Path file = folder.resolve("run-" + size + ".mcap");
      Files.write(file, java.util.Arrays.copyOf(bytes, size));
      arguments.add(file.toString());
    }
    try (Program agent =
        Program.start(
            new Program.Host(Trace.runner(log), Program.Host.OURS.classPath()),
            folder.resolve("agent.log"),
            site.agentEnvironment(state, Map.of()),
            "-Xmx64m",
            "io.waybill.agent.Main",
            arguments)) {
      assertThat(agent.exitCode()).as(agent.output()).isZero();
    }
  }

  /** A request of ours on its way to the broker. */
  private static boolean isRequest(Trace.Call call) {
    return call.texts().stream()
        .anyMatch(
            bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("\"request_id\""));
  }

  /** The power fails now, and a disk has lost more or less of what it was not made to keep. */
  private void everyLoss(Site site, RecordedDisk recorded, List<String> uploads) {
    for (Loss loss : Loss.values()) {
      Path found = folder.resolve("outage-" + outages);
      try {
        recorded.after(loss, found);
        if (!seen.add(uploads + content(found))) {
          delete(found);
          continue;
        }
        outages++;
        goesOn(site, found.resolve("state"), loss, uploads);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Once a request has gone out, each upload is known; and whatever is there is gone on with. */
  private void goesOn(Site site, Path state, Loss loss, List<String> uploads) throws IOException {
    String where = "outage %d, with the loss of %s".formatted(outages - 1, loss);
    if (!uploads.isEmpty()) {
      assertThat(state.resolve("uploads")).as(where).isDirectory();
      assertThat(names(state.resolve("uploads"))).as(where).containsAll(uploads);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream print = new PrintStream(said, true, UTF_8)) {
      int code =
          Main.run(new String[] {"resume"}, print, print, site.agentEnvironment(state, Map.of()));
      assertThat(code).as(where + said.toString(UTF_8)).isZero();
    }
    assertThat(said.toString(UTF_8)).as(where).doesNotContain("set aside", "cannot be read");
  }

  private static Set<String> names(Path uploads) throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(uploads)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.startsWith("."))
          .forEach(names::add);
    }
    return names;
  }

  private static String content(Path found) throws IOException {
    StringBuilder content = new StringBuilder();
    try (Stream<Path> tree = Files.walk(found)) {
      for (Path path : tree.sorted().toList()) {
        content.append(found.relativize(path)).append('=');
        if (Files.isRegularFile(path)) {
          content.append(Files.readString(path, StandardCharsets.ISO_8859_1));
        }
        content.append('\n');
      }
    }
    return content.toString();
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

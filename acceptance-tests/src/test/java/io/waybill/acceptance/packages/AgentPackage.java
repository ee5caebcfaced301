package io.waybill.acceptance.packages;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The package as it is given to people, made once for all tests of a build: whoever comes first
 * makes it, and the tests of the process beside wait for it.
 *
 * @param tree what is in it
 */
record AgentPackage(Path file, Path tree) {
  /** One for all processes of a build. */
  private static final String BUILD =
      System.getProperty("waybill.test.build", UUID.randomUUID().toString());

  private static final class Made {
    static final AgentPackage PACKAGE = make();
  }

  static AgentPackage made() {
    return Made.PACKAGE;
  }

  private static AgentPackage make() {
    try {
      Path folder = Files.createDirectories(Path.of("target/agent-package").toAbsolutePath());
      Path note = folder.resolve("made-by");
      try (FileChannel file = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
          FileLock _ = file.lock()) {
        if (!Files.exists(note) || !Files.readAllLines(note).getFirst().equals(BUILD)) {
          Files.write(note, List.of(BUILD, makeIn(folder).toString()));
        }
      }
      return new AgentPackage(Path.of(Files.readAllLines(note).getLast()), folder.resolve("tree"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path makeIn(Path folder) throws IOException, InterruptedException {
    String tree = folder.resolve("tree").toString();
    Command.of("rm", "-rf", tree).run();
    Path file = built(Map.of(), folder.toString());
    Command.of("dpkg-deb", "-x", file.toString(), tree).run();
    return file;
  }

  /** Another version of the same build, which has learned the same; not compressed. */
  Path version(Path folder, String version) throws IOException, InterruptedException {
    Map<String, String> quickly =
        Map.of(
            "WAYBILL_AOT_CACHE",
            tree.resolve("usr/lib/waybill-agent/agent.aot").toString(),
            "DPKG_DEB_COMPRESSOR_TYPE",
            "none");
    return built(quickly, folder.toString(), version);
  }

  private static Path built(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    List<String> words = new java.util.ArrayList<>();
    words.add(Checkout.ROOT.resolve("packaging/deb.sh").toString());
    words.addAll(List.of(arguments));
    return Path.of(Command.of(words).with(all).run().lines().toList().getLast());
  }
}

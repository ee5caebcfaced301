package io.waybill.acceptance.packages;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The package as it is given to people, made once for all tests of a process.
 *
 * @param tree what is in it
 */
record AgentPackage(Path file, Path tree) {
  /** Which of the processes that Maven runs tests in, this one is. */
  private static final String FORK = System.getProperty("surefire.forkNumber", "1");

  private static final class Made {
    static final AgentPackage PACKAGE = make();
  }

  static AgentPackage made() {
    return Made.PACKAGE;
  }

  private static AgentPackage make() {
    try {
      Path folder = Files.createDirectories(Path.of("target/agent-package", FORK).toAbsolutePath());
      Path file = built(Map.of(), folder.toString());
      Path tree = folder.resolve("tree");
      Command.of("rm", "-rf", tree.toString()).run();
      Command.of("dpkg-deb", "-x", file.toString(), tree.toString()).run();
      return new AgentPackage(file, tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
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

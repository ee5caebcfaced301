package io.waybill.acceptance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tools of other people that run on Node.js. {@code WAYBILL_TEST_NODE_TOOLS} names a folder whose
 * {@code node_modules} has them; {@code .ci/run} says which, and where they are skipped.
 */
final class NodeTools {
  private static final String FOLDER = System.getenv("WAYBILL_TEST_NODE_TOOLS");

  private NodeTools() {}

  static void areNeeded() {
    assumeTrue(FOLDER != null, "Node.js tools are missing: WAYBILL_TEST_NODE_TOOLS is not set");
  }

  /** Runs a program of the tools, which must go well; what it says. */
  static String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(FOLDER, "node_modules", ".bin", program).toString());
    command.addAll(List.of(arguments));
    return said(command);
  }

  /** Runs {@code node}, where {@code require} finds the tools. */
  static String node(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return said(command);
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(Path.of(FOLDER).toFile());
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}

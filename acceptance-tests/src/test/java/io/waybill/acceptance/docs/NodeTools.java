package io.waybill.acceptance.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

  /** The folder that scripts elsewhere need beside them to import the tools. */
  static Path modules() {
    return Path.of(FOLDER, "node_modules");
  }

  /** Runs a program of the tools, which must go well; what it says. */
  static String run(String program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(FOLDER, "node_modules", ".bin", program).toString());
    command.addAll(List.of(arguments));
    return program(command).run();
  }

  /** Runs {@code node}, where {@code require} finds the tools; what it prints. */
  static String node(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    return program(command).print();
  }

  private static Command program(List<String> command) {
    return Command.of(command)
        .in(Path.of(FOLDER))
        .with(Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
  }
}

package io.waybill.controlapi.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The uploader's engine against a server, a store and a time in the test's hand: {@code
 * src/test/js}, run by Node.js's own test runner. What a browser adds is tested in browsers.
 */
@Timeout(300)
class UploaderEngineTest {
  private static final Path ENGINE = Path.of("src/main/resources/console/upload");
  private static final Path TESTS = Path.of("src/test/js/upload-tests");
  private static final Pattern PASSED = Pattern.compile("(?m)^# pass (\\d+)$");

  @TempDir Path folder;

  @Test
  void the_engine_does_what_its_tests_say() throws Exception {
    assumeTrue(hasNode(), "nodejs is not installed");
    copy(ENGINE, folder.resolve("upload"));
    copy(TESTS, folder.resolve("upload-tests"));
    Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    try (Stream<Path> tests = Files.list(folder.resolve("upload-tests"))) {
      tests.map(Path::toString).filter(name -> name.endsWith(".test.js")).forEach(command::add);
    }

    Process node =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(node.getInputStream().readAllBytes(), UTF_8);

    assertThat(node.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(node.exitValue()).as(said).isZero();
    assertThat(PASSED.matcher(said).results().mapToInt(each -> Integer.parseInt(each.group(1))))
        .as(said)
        .allSatisfy(passed -> assertThat(passed).isGreaterThan(30));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static boolean hasNode() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
  }
}

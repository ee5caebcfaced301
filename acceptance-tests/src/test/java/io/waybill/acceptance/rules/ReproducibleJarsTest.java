package io.waybill.acceptance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two builds of one commit are the same, wherever and whenever they are made. */
@Timeout(600)
class ReproducibleJarsTest {
  private static final Set<String> NOT_COPIED = Set.of("target", ".git", ".waybill");

  /**
   * The one that this test belongs to, and one in a folder of another name, of younger files. Some
   * modules stand for all: every jar is made by the same plugin with the same settings.
   */
  @Test
  void jars_are_the_same_to_the_byte(@TempDir Path temporary) throws Exception {
    Path elsewhere = temporary.resolve("another place");
    copy(Checkout.ROOT, elsewhere);
    Command.of(
            "mvn",
            "-B",
            "-o",
            "-q",
            "-pl",
            "device-agent,upload-postgres",
            "-am",
            "-Dmaven.test.skip=true",
            "-Dspotless.check.skip=true",
            "-Dwaybill.unchecked",
            "package")
        .in(elsewhere)
        .run();

    Map<String, Path> jars = jars(elsewhere);
    assertThat(jars).hasSizeGreaterThan(3);
    jars.forEach((jar, second) ->
        assertThat(Checkout.ROOT.resolve(jar)).as(jar).hasSameBinaryContentAs(second));
  }

  private static Map<String, Path> jars(Path root) throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().matches(".*/target/[^/]+-SNAPSHOT\\.jar"))
          .forEach(file -> jars.put(root.relativize(file).toString(), file));
    }
    return jars;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (NOT_COPIED.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

package io.waybill.acceptance.rules;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How large things may be. */
class SizesTest {

  private static final int MAIN_LINES = 250;
  private static final int TEST_LINES = 300;

  @Test
  void no_file_of_a_program_is_longer_than_a_few_screens() {
    assertThat(longer(SizesTest::isOfAProgram, MAIN_LINES)).isEmpty();
  }

  @Test
  void no_test_is_longer_than_a_few_screens() {
    assertThat(longer(SizesTest::isOfATest, TEST_LINES)).isEmpty();
  }

  private static Set<String> longer(Predicate<String> which, int lines) {
    try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
      return files
          .filter(file -> which.test(file.toString()))
          .filter(file -> file.toString().endsWith(".java") && linesOf(file) > lines)
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .collect(toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfAProgram(String file) {
    return file.contains("/src/main/java/") && !file.contains("/testkit/");
  }

  /** The contracts of the test kit are tests, too. */
  private static boolean isOfATest(String file) {
    return file.contains("/src/test/java/") || file.contains("/testkit/src/main/java/");
  }

  private static long linesOf(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What pages tell people to type and where they send them. */
class ReadmeTest {
  private static final Pattern CALL = Pattern.compile("\\./waybill ([a-z][a-z|-]*)");
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])(seeds|broker-config)/[\\w./-]+");

  static Stream<Page> pages() {
    return Page.all().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_command_of_the_launcher_that_a_page_names_is_one(Page page) throws Exception {
    Set<String> known = commands(help());

    assertThat(known).contains("demo", "up", "agent", "test");
    assertThat(known).as("what ./waybill help says").containsAll(commands(page.text()));
  }

  @Test
  void the_readme_names_what_a_newcomer_needs() {
    assertThat(commands(Page.of("README.md").text()))
        .contains("demo", "test", "up", "agent", "control-api", "gateway", "worker", "help");
  }

  @Test
  void files_that_the_readme_s_commands_name_are_there() {
    List<String> named =
        Page.of("README.md").blocks("sh").stream()
            .flatMap(block -> FILE.matcher(block).results().map(MatchResult::group))
            .toList();

    assertThat(named).isNotEmpty();
    assertThat(named).allMatch(file -> Files.exists(Checkout.ROOT.resolve(file)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_to_a_file_leads_to_one(Page page) {
    assertThat(page.links().stream().filter(link -> !link.matches("[a-z]+:.*|#.*")))
        .allSatisfy(link ->
            assertThat(Files.exists(page.path().resolveSibling(link.replaceFirst("#.*", ""))))
                .as(link)
                .isTrue());
  }

  private static Set<String> commands(String text) {
    return CALL.matcher(text)
        .results()
        .flatMap(call -> Stream.of(call.group(1).split("\\|")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the launcher says of itself; help is a command, too. */
  private static String help() throws IOException, InterruptedException {
    return Command.of(Checkout.ROOT.resolve("waybill").toString(), "help").run() + "./waybill help";
  }
}

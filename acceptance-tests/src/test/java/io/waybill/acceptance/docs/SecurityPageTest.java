package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Site;
import io.waybill.oidc.SubjectIds;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/security.md} tells people to type when something was stolen. */
@Timeout(300)
class SecurityPageTest {
  private static final Page PAGE = Page.of("docs/security.md");
  private static final String AFTERWARDS =
      """
      curl -s -o /dev/null -w '%{http_code} with what was stolen\\n' \
        -H "Authorization: Bearer $STOLEN" "$API/v1/projects"
      echo "id $ID"
      """;

  @TempDir private Path folder;

  @Test
  void the_commands_end_what_was_stolen() throws Exception {
    try (Site site = Site.open(folder)) {
      site.controlApi();

      List<String> said = run(site);

      assertThat(said)
          .containsSubsequence(
              "[]", "2", "DISABLED", "ABORTED", "404", "DENY", "401 with what was stolen");
      String id = said.getLast().replace("id ", "");
      assertThat(rows(site, "auth.failed", "")).isNotEmpty();
      assertThat(rows(site, "actor = ", id)).isEmpty();
    }
  }

  private List<String> run(Site site) throws Exception {
    List<String> script = new ArrayList<>(PAGE.blocks("sh security"));
    script.add(AFTERWARDS);
    return Shell.type(site, folder, Map.of(), script).lines().toList();
  }

  /** What the page's query of this kind finds. */
  private static List<String> rows(Site site, String kind, String id) {
    String sql =
        PAGE.blocks("sql").stream()
            .filter(block -> block.contains(kind))
            .collect(Collectors.joining())
            .replace("|| :'id'", "|| '" + id + "'")
            .replace(";", "");
    return site.database().texts(sql);
  }

  @Test
  void the_launcher_says_by_which_id_somebody_is_named() throws Exception {
    URI issuer = URI.create("https://login.example/realms/plant");
    List<String> lines = PAGE.blocks("sh oidc").getFirst().lines().toList();
    assertThat(answer(lines.getFirst()))
        .isEqualTo(SubjectIds.of(issuer, "user", "alice").toString());
    assertThat(answer(lines.getLast()))
        .isEqualTo(SubjectIds.of(issuer, "group", "line-3").toString());
  }

  private static String answer(String line) throws Exception {
    String server = Checkout.classPath("server");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                server,
                "io.waybill.server.Main"));
    Stream.of(line.split(" ", -1)).skip(1).forEach(command::add);
    return Command.of(command).print();
  }
}

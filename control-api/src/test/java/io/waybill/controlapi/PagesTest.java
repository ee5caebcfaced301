package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What people read who want to call the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final Pattern LOADED =
      Pattern.compile("<(?:script|link|img|iframe)|@import|url\\(");
  private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

  private final TestWorld world = new TestWorld();

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void the_docs_show_every_call_and_load_nothing_else() {
    HttpAnswer docs = world.anybody().get("/docs");

    assertThat(docs.status()).isEqualTo(200);
    assertThat(docs.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(docs.text()).doesNotContainPattern(LOADED);
    for (String operation : world.page.operations()) {
      String[] call = operation.split(" ", 2);
      assertThat(docs.text())
          .contains(
              "<b class=\"method %1$s\">%1$s</b> <code>%2$s</code>".formatted(call[0], call[1]));
    }
  }

  /** Pages of the console among them, which are no calls and so not described. */
  @Test
  void every_link_leads_somewhere() {
    HttpCalls browser = new HttpCalls(world.api.port(), (method, path, body, answer) -> {});
    String html = world.anybody().get("/docs").text();
    LINK.matcher(html)
        .results()
        .map(link -> link.group(1))
        .distinct()
        .forEach(target -> {
          if (target.startsWith("#")) {
            assertThat(html).contains("id=\"" + target.substring(1) + "\"");
          } else {
            assertThat(browser.get(target).status()).as(target).isEqualTo(200);
          }
        });
  }
}

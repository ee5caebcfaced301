package io.waybill.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser has six connections to one origin, for all its tabs together and the pages that it
 * keeps for "back"; each live stream holds one.
 */
@Timeout(300)
@ExtendWith({NeedsBrowser.class, SharedSite.class})
class ManyTabsTest {
  private static final int TABS = 8;
  private static final int PART_BYTES = 5 << 20;

  @Test
  void as_many_tabs_are_open_as_one_likes_and_the_one_that_is_seen_is_live(
      Site site, @TempDir Path folder) {
    try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY);
        Chromium browser = Chromium.open(folder.resolve("profile"))) {
      SmallParts project = SmallParts.project(api, "tabs", "");
      UploadPage page = new UploadPage(browser, site.api(), project.id());
      String first = browser.tab();
      for (int tab = 1; tab <= TABS; tab++) {
        page.open();
        browser.visit(site.api());
        browser.awaitText("Live");
        browser.openTab();
      }
      project.begin("while nobody looked", PART_BYTES);

      browser.use(first);
      browser.command("Page.bringToFront");
      browser.visit(site.api().resolve("/uploads"));
      browser.awaitText("while nobody looked");
      project.begin("while somebody looks", PART_BYTES);
      browser.awaitText("while somebody looks");

      assertThat(browser.complaints()).isEmpty();
    }
  }
}

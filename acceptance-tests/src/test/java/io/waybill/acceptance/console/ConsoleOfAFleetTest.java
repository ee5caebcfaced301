package io.waybill.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A project with machines and uploads, as people see it; {@code -Dwaybill.docs.write=true} makes
 * the pictures of the README anew.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith({NeedsBrowser.class, SharedSite.class})
class ConsoleOfAFleetTest {

  private static final Path PICTURES = Checkout.ROOT.resolve("docs/pictures");
  private static final List<String> MACHINES =
      List.of("Palletiser 1", "Palletiser 2", "Weld cell 4", "Inspection cell", "AGV 7", "AGV 8");
  private static final int MANY = 10_000;

  private final Site site;
  private final Api everything;
  private String project;
  private Recording running;
  private Browser browser;

  @SuppressWarnings("NullAway.Init") // there for each test
  ConsoleOfAFleetTest(Site site) {
    this.site = site;
    this.everything = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  @BeforeAll
  void fill() {
    String slug = "hall-" + UUID.randomUUID().toString().substring(0, 8);
    project =
        everything
            .post(
                "/v1/projects", "{\"slug\": \"%s\", \"name\": \"Assembly hall 2\"}".formatted(slug))
            .ok()
            .path("project_id")
            .asString();
    for (String machine : MACHINES) {
      String code = machine.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + slug;
      everything
          .post(
              "/v1/projects/" + project + "/devices",
              "{\"name\": \"%s\", \"device_code\": \"%s\"}".formatted(machine, code))
          .ok();
    }
    site.database()
        .change(
            "update devices set online = true, connection_id = 'its last', last_seen_at = now()"
                + " where project_id = cast(? as uuid) and name not like 'AGV%'",
            project);
    for (int n = 1; n <= 4; n++) {
      Recording.begin(everything, project, "morning shift " + n, "joints-" + n + ".csv", n)
          .send(1, n)
          .complete();
    }
    Recording paused = Recording.begin(everything, project, "calibration", "calib.bag", 12);
    paused.send(1, 5).pause("wait for the night shift");
    Recording.begin(everything, project, "weld seam 118", "seam-118.mcap", 20).send(1, 13);
    running = Recording.begin(everything, project, "robot-run-42", "lidar.mcap", 48).send(1, 29);
  }

  @BeforeEach
  void open() {
    browser = Browser.at(site.api());
    browser.open("/");
    browser.run("localStorage.setItem('waybill.project', '" + project + "')");
    browser.signIn(DevelopmentIdentities.API_KEY);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @AfterAll
  void leave() {
    everything.close();
  }

  @Test
  void what_needs_somebody_comes_first_with_its_reason_and_the_next_step() {
    browser.awaitText("calibration");
    browser.awaitText("wait for the night shift");

    assertThat(browser.text()).contains("What needs you", "resume it", "4 of 6", "Assembly hall 2");
    assertThat(browser.text().indexOf("calibration"))
        .isLessThan(browser.text().indexOf("robot-run-42"));
    picture("fleet");

    browser.open("/uploads/" + running.task());
    browser.awaitText("29 of 48");
    browser.awaitText("Parts acknowledged");
    picture("upload");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_list_of_ten_thousand_is_read_to_its_end_and_drawn_where_it_can_be_seen() {
    everything.post("/v1/projects/" + project + "/datasets", "{\"name\": \"row\"}").ok();
    site.database()
        .change(
            """
            insert into datasets select (jsonb_populate_record(d,
              jsonb_build_object('id', gen_random_uuid(), 'name', 'row ' || n))).*
            from datasets d, generate_series(1, ?) n where d.project_id = cast(? as uuid) and d.name = 'row'
            """,
            MANY,
            project);
    browser.open("/datasets");
    browser.awaitText("row ");
    Awaitility.await("its end")
        .atMost(Duration.ofMinutes(4))
        .until(() -> {
          browser.run("window.scrollTo(0, document.body.scrollHeight)");
          return browser.all(".more").isEmpty();
        });

    int blocks = browser.all("tbody").size();
    assertThat(blocks).as("forty rows each").isBetween(MANY / 40, MANY / 40 + 2);
    Awaitility.await("those that are not seen are one row each")
        .until(() -> browser.all("tbody tr").size() < blocks + 250);
    assertThat(browser.complaints()).isEmpty();
  }

  private void picture(String name) {
    Path folder =
        Boolean.getBoolean("waybill.docs.write") ? PICTURES : site.logs().resolve("pictures");
    browser.picture(folder.resolve(name + ".png"));
  }
}

package io.waybill.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people see and do who open the console; the browser itself complains of nothing. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBrowser.class)
class ConsoleInBrowserTest {

  private static final String PROJECT = DevelopmentIdentities.PROJECT.toString();

  /** Of every page, to be looked at after a build. */
  private static final Path PICTURES = Checkout.ROOT.resolve("acceptance-tests/target/pictures");

  private static final String MARKUP = "<img src=x onerror=window.owned=1>";
  private static final String TURNED = "exe.\u202egnp.scan";

  private final Site site;
  private final Api everything;
  private Recording running;
  private String device;
  private Browser browser;

  @SuppressWarnings("NullAway.Init") // there for each test
  ConsoleInBrowserTest(@TempDir Path folder) {
    this.site = Site.open(folder); // with one project: the console opens the newest
    site.controlApi();
    site.gateway("waybill-gateway-a");
    this.everything = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  @BeforeAll
  void fill() {
    Recording.begin(everything, PROJECT, "line 3, morning", "front_camera.mcap", 3)
        .send(1, 3)
        .complete();
    running = Recording.begin(everything, PROJECT, "robot-run-42", "lidar.mcap", 24).send(1, 14);
    Recording hostile =
        Recording.begin(everything, PROJECT, MARKUP, "weird " + "long ".repeat(40) + ".bin", 2);
    site.database()
        .change(
            "update upload_tasks set source_device_code = ? where id = cast(? as uuid)",
            TURNED,
            hostile.task());
    device =
        everything
            .post(
                "/v1/projects/" + PROJECT + "/devices",
                "{\"name\": \"%s\", \"device_code\": \"hostile-%s\"}"
                    .formatted(MARKUP, hostile.task().substring(24)))
            .ok()
            .at("/device/device_id")
            .asString();
  }

  @BeforeEach
  void open() {
    browser = Browser.at(site.api());
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @AfterAll
  void leave() {
    everything.close();
    site.close();
  }

  private List<String> pages() {
    return List.of(
        "/",
        "/upload",
        "/uploads",
        "/uploads/" + running.task(),
        "/datasets",
        "/devices",
        "/devices/" + device,
        "/settings",
        "/settings?part=members",
        "/settings?part=policies",
        "/settings?part=tags",
        "/settings?part=keys",
        "/settings?part=grants",
        "/settings?part=webhooks",
        "/audit",
        "/deliveries",
        "/try",
        "/upload");
  }

  @Test
  void a_developer_is_offered_the_seeded_key_and_sees_the_fleet() {
    browser.open("/");
    browser.press("Use the development key");
    browser.press("Sign in");
    browser.awaitText("Uploads running");
    browser.awaitText("robot-run-42");

    assertThat(browser.text()).contains("database", "storage", "Devices online");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_wrong_key_is_refused_in_the_words_of_the_API_and_nobody_is_let_in() {
    browser.open("/uploads");
    browser.find("input[type=password]").sendKeys("wb_no_such_key_0123456789");
    browser.press("Sign in");
    browser.awaitText("auth.api_key_invalid");

    assertThat(browser.all("nav")).isEmpty();
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
  }

  @Test
  void an_upload_shows_its_parts_live_and_is_paused_and_resumed_by_its_buttons() {
    Recording mine = Recording.begin(everything, PROJECT, "watched", "joints.csv", 8).send(1, 2);
    browser.signIn(DevelopmentIdentities.API_KEY);
    browser.open("/uploads/" + mine.task());
    browser.awaitText("2 of 8");
    mine.send(3, 5);
    browser.awaitText("5 of 8");
    assertThat(browser.find(".parts svg").getDomAttribute("aria-label"))
        .contains("5 acknowledged", "2 URL out", "1 missing");

    browser.press("Pause");
    browser.awaitText("paused by");
    Awaitility.await("the API says so, too").until(() -> mine.state().equals("PAUSED"));
    browser.press("Resume");
    Awaitility.await("and that it goes on").until(() -> mine.state().equals("PROCESSING"));
    mine.send(6, 8).complete();
    browser.awaitText("Receipt");
    assertThat(browser.complaints()).isEmpty();
  }

  /** Whoever is sent an address sees what its sender saw, whatever project they were in last. */
  @Test
  void an_address_says_in_which_project_it_is() {
    String other =
        everything
            .post(
                "/v1/projects",
                "{\"slug\": \"z-%s\", \"name\": \"Another hall\"}"
                    .formatted(running.task().substring(24)))
            .ok()
            .path("project_id")
            .asString();
    browser.signIn(DevelopmentIdentities.API_KEY);
    browser.open("/uploads/" + running.task() + "?project=" + PROJECT);
    browser.awaitText("robot-run-42");
    browser.open("/uploads?project=" + other);
    browser.awaitText("Another hall");
    browser.awaitNoText("robot-run-42");
    browser.run("history.back()");
    browser.awaitText("robot-run-42");

    assertThat(browser.run("return location.search")).isEqualTo("?project=" + PROJECT);
    everything.post("/v1/projects/" + other + "/archive", "").ok();
  }

  @Test
  void no_page_makes_markup_of_a_name_or_lets_it_turn_the_text_around() {
    browser.signIn(DevelopmentIdentities.API_KEY);
    for (String page : pages()) {
      browser.open(page);
      browser.awaitQuiet();
      assertThat(browser.all("main img")).as(page).isEmpty();
      assertThat(browser.run("return window.owned ?? null")).as(page).isNull();
      assertThat(browser.text()).as(page).doesNotContain("\u202e");
    }
    browser.open("/uploads");
    browser.awaitText(MARKUP);
    browser.awaitText("exe.⟨U+202E⟩gnp.scan");
    browser.open("/devices/" + device);
    browser.awaitText(MARKUP);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void no_page_keeps_anybody_out_or_is_wider_than_its_screen() {
    browser.signIn(DevelopmentIdentities.API_KEY);
    for (String page : pages()) {
      browser.size(1360, 900);
      browser.open(page);
      browser.awaitQuiet();
      assertThat(browser.barriers()).as(page).isEmpty();
      for (int width : List.of(360, 1920)) {
        browser.size(width, 900);
        assertThat(browser.isTooWide()).as("%s at %d", page, width).isFalse();
        browser.picture(
            PICTURES.resolve("page" + page.replaceAll("\\W+", "-") + "-" + width + ".png"));
      }
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_key_that_only_views_has_no_button_that_fails() {
    browser.signIn(DevelopmentIdentities.VIEWER_API_KEY);
    for (String page : pages().subList(0, 7)) {
      browser.open(page);
      browser.awaitQuiet();
      int buttons = browser.all("main button").size();
      for (int n = 0; n < buttons; n++) {
        browser.run(
            "const all = document.querySelectorAll('main button'); all[%d]?.click()".formatted(n));
        browser.awaitQuiet();
        assertThat(browser.all("[role=alert], .said .bad")).as(page).isEmpty();
      }
    }
    assertThat(browser.all("nav li a").stream().map(link -> link.getText()))
        .contains("Fleet", "Uploads", "Datasets")
        .doesNotContain("Audit", "Deliveries");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_device_is_registered_asked_and_revoked_and_its_credential_is_shown_once() {
    String code = "drill-" + running.task().substring(24);
    browser.signIn(DevelopmentIdentities.API_KEY);
    browser.open("/devices");
    browser.press("Register a device");
    browser.fill("Name", "Drill 5");
    browser.fill("Code", code);
    browser.press("Register");
    String secret = browser.find("pre[aria-label=Credential]").getText();
    try (Api itself = new Api(site.api(), secret)) {
      JsonNode known = itself.get("/v1/describe").ok().path("device");
      assertThat(known.path("device_code").asString()).isEqualTo(code);
      browser.press("Done");
      browser.awaitText("Drill 5");
      assertThat(browser.source()).doesNotContain(secret);

      browser.open("/devices/" + known.path("device_id").asString());
      browser.press("Ask for files");
      browser.fill("Paths on the device", "/data/run-42/*.mcap");
      browser.press("Ask");
      browser.awaitText("/data/run-42/*.mcap");
      browser.press("Revoke");
      browser.press("Revoke for ever");
      browser.awaitText("It is revoked.");
      assertThat(itself.get("/v1/describe").status()).isIn(401, 403);
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void any_call_is_tried_out_with_the_key_at_hand_and_its_answer_shown() {
    browser.signIn(DevelopmentIdentities.API_KEY);
    browser.open("/try?call=listUploadTasks");
    browser.awaitText("GET /v1/projects/{project_id}/upload-tasks");
    browser.press("Send");
    browser.awaitText("Answer: 200");
    assertThat(browser.text())
        .contains("\"task_name\": \"robot-run-42\"", "curl '" + site.api(), "$WAYBILL_API_KEY")
        .doesNotContain("\u202e", DevelopmentIdentities.API_KEY);
    assertThat(browser.all("main select option")).hasSizeGreaterThan(100);

    browser.open("/try?call=createTagCategory");
    browser.press("Send");
    browser.awaitText("Answer: 422");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_network_that_is_gone_is_said_and_the_page_goes_on_when_it_is_back() {
    browser.signIn(DevelopmentIdentities.API_KEY);
    browser.awaitText("Live");
    browser.offline(true);
    browser.awaitText("The API does not answer");
    Recording.begin(everything, PROJECT, "while nobody looked", "late.csv", 1).send(1, 1);

    browser.offline(false);
    browser.awaitNoText("The API does not answer");
    browser.awaitText("while nobody looked");
  }
}

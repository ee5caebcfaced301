package io.waybill.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.StoreRelay;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

/** The console's uploader while keys, programs and the browser itself let it down. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBrowser.class)
class BrowserUploadInTroubleTest {
  private static final int PARTS = 6;
  private static final long PART_BYTES = 5 << 20;

  /** In seconds; the shortest that a policy may give. */
  private static final int URL_LIFE = 60;

  private Path folder = Path.of("");
  private Site site;
  private Program controlApi;
  private Api api;
  private SmallParts project;
  private StoreRelay store;
  private Chromium browser;
  private UploadPage page;
  private int profiles;

  @BeforeAll
  void begin(@TempDir Path directory) {
    folder = directory;
    site = Site.open(folder.resolve("site"));
    controlApi = site.controlApi();
    store = site.store();
    api = new Api(site.api(), DevelopmentIdentities.API_KEY);
    project = SmallParts.project(api, "trouble", "");
  }

  @BeforeEach
  void openBrowser() {
    browser = Chromium.open(folder.resolve("profile-" + ++profiles));
    page = new UploadPage(browser, site.api(), project.id());
  }

  @AfterEach
  void closeBrowser() {
    store.holdAfter(Long.MAX_VALUE);
    browser.close();
  }

  @AfterAll
  void end() {
    api.close();
    site.close();
  }

  @Test
  void a_key_that_is_revoked_in_mid_upload_asks_to_sign_in_and_nothing_is_lost() {
    JsonNode key = keyOf(project);
    String id = key.path("api_key").path("api_key_id").asString();
    Sample sample = sample("revoked.bin");
    page.open(key.path("key_material").asString());
    store.holdAfter(store.partBytes() + 5 * PART_BYTES);
    page.begin("revoked", List.of(sample));
    Awaitility.await().until(() -> store.underWay() > 0);

    api.call("DELETE", "/v1/api-keys/" + id, "");
    store.holdAfter(Long.MAX_VALUE);
    browser.awaitText("Sign in");
    browser.find("input[type=password]").sendKeys(DevelopmentIdentities.API_KEY);
    browser.press("Sign in");
    page.await("done", 1);

    project.holds("revoked", List.of(sample));
    assertThat(sentAgain(sample)).isEmpty();
  }

  @Test
  void an_api_that_is_killed_and_started_again_is_waited_for() {
    Sample sample = sample("restart.bin");
    page.open();
    store.holdAfter(store.partBytes() + 5 * PART_BYTES);
    page.begin("restart", List.of(sample));
    Awaitility.await().until(() -> store.underWay() > 0);

    controlApi.kill();
    store.holdAfter(Long.MAX_VALUE);
    browser.awaitText("The API does not answer");
    controlApi = site.controlApi();
    page.await("done", 1);

    project.holds("restart", List.of(sample));
    assertThat(sentAgain(sample)).isEmpty();
  }

  @Test
  void an_answer_that_breaks_off_in_its_body_is_asked_for_again() {
    browser.atEachPage(
        """
        const send = window.fetch;
        window.fetch = async (...call) => {
          const answer = await send(...call);
          if (String(call[0]).endsWith('/complete') && !window.broken) {
            window.broken = true;
            answer.text = () => Promise.reject(new TypeError('network error'));
          }
          return answer;
        };
        """);
    Sample sample = sample("broken.bin");
    page.open();

    page.begin("broken", List.of(sample));
    page.await("done", 1);

    assertThat(browser.script("return window.broken")).isEqualTo(true);
    project.holds("broken", List.of(sample));
  }

  @Test
  void urls_that_end_in_mid_upload_are_asked_for_anew() {
    SmallParts brief = SmallParts.project(api, "brief", ", \"url_life_seconds\": " + URL_LIFE);
    Sample sample = sample("expiring.bin");
    UploadPage theirs = new UploadPage(browser, site.api(), brief.id());
    theirs.open();
    store.holdAfter(store.partBytes() + PART_BYTES);
    theirs.begin("expiring", List.of(sample));
    Awaitility.await().until(() -> store.underWay() > 0);
    Instant ended = Instant.now().plusSeconds(URL_LIFE);
    Awaitility.await("the URLs in hand have ended")
        .atMost(Duration.ofSeconds(URL_LIFE * 2))
        .until(() -> Instant.now().isAfter(ended));
    long before = answersWithUrls("expiring.bin");

    store.holdAfter(Long.MAX_VALUE);
    theirs.await("done", 1);

    brief.holds("expiring", List.of(sample));
    assertThat(sentAgain(sample)).isEmpty();
    assertThat(answersWithUrls("expiring.bin")).isGreaterThan(before);
  }

  private long answersWithUrls(String file) {
    return site.database()
        .count(
            "select count(*) from upload_events e join upload_sessions s on s.id = e.session_id"
                + " where e.type = 'upload.presign_issued' and s.original_filename = ?",
            file);
  }

  @Test
  void what_the_browser_began_is_finished_by_an_agent_and_the_browser_says_so() {
    Sample sample = sample("begun.bin");
    beginInTabThatIsKilled("begun", sample);

    String session = project.task("begun").path("objects").path(0).path("session_id").asString();
    Program agent =
        site.agent(
            folder.resolve("agent"),
            Map.of(
                "WAYBILL_AGENT_TRANSPORT",
                "http",
                "WAYBILL_API_KEY",
                DevelopmentIdentities.API_KEY),
            "resume",
            session,
            "--file",
            sample.file().toString());
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    project.holds("begun", List.of(sample));

    page.open();
    page.pickAgain(sample);
    page.await("done", 1);
    browser.awaitText("it was completed elsewhere");
  }

  private void beginInTabThatIsKilled(String name, Sample sample) {
    String doomed = browser.tab();
    browser.openTab();
    String next = browser.tab();
    browser.use(doomed);
    page.open();
    store.holdAfter(store.partBytes() + 5 * PART_BYTES);
    page.begin(name, List.of(sample));
    Awaitility.await().until(() -> store.underWay() > 0);
    browser.kill(next);
    store.holdAfter(Long.MAX_VALUE);
    store.awaitQuiet();
  }

  @Test
  void what_waits_is_shown_to_keys_that_see_its_project_and_to_no_other() {
    SmallParts elsewhere = SmallParts.project(api, "elsewhere", "");
    beginInTabThatIsKilled("waits", sample("waits.bin"));

    new UploadPage(browser, site.api(), elsewhere.id())
        .open(keyOf(elsewhere).path("key_material").asString());
    browser.awaitText("Nothing is being sent from this browser");
    page.open(keyOf(project).path("key_material").asString());
    browser.awaitText("waits.bin");
  }

  @Test
  void a_browser_that_keeps_nothing_is_said_so_and_uploads_all_the_same() {
    browser.atEachPage("indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }");
    Sample sample = sample("private.bin");
    page.open();

    page.begin("private", List.of(sample));

    browser.awaitText("leave this tab open until they are done");
    page.await("done", 1);
    project.holds("private", List.of(sample));
  }

  @Test
  void a_folder_of_many_small_files_keeps_its_places_in_as_many_tasks_as_it_needs()
      throws IOException {
    int files = 2_000;
    Path many = Files.createDirectories(folder.resolve("many"));
    for (int n = 0; n < files; n++) {
      Path place = Files.createDirectories(many.resolve("camera " + n % 3));
      Files.writeString(place.resolve(n + ".txt"), "picture " + n);
    }
    page.open();

    browser.find("#pick-folder").sendKeys(many.toString());
    browser.find("#task-name").sendKeys("many");
    browser.press("Upload %,d files".formatted(files));
    Awaitility.await().atMost(Duration.ofMinutes(8)).until(() -> complete("many (%") == files);

    assertThat(
            site.database()
                .texts(
                    "select o.object_name from upload_objects o join upload_tasks t"
                        + " on t.id = o.task_id where t.task_name like ?",
                    "many (%"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, files)
                .mapToObj(n -> "many/camera " + n % 3 + "/" + n + ".txt")
                .toList());
  }

  private long complete(String tasks) {
    return site.database()
        .count(
            "select count(*) from upload_sessions s join upload_tasks t on t.id = s.task_id"
                + " where t.task_name like ? and s.status = 'COMPLETED'",
            tasks);
  }

  /** A key of somebody who works in this project alone, and its secret. */
  private JsonNode keyOf(SmallParts place) {
    JsonNode key = api.post("/v1/api-keys", "{\"name\": \"short\"}").ok();
    String id = key.path("api_key").path("api_key_id").asString();
    api.post(
            "/v1/projects/" + place.id() + "/members/invite",
            "{\"subject_type\": \"api_key\", \"subject_id\": \"%s\", \"role\": \"operator\"}"
                .formatted(id))
        .ok();
    return key;
  }

  private List<String> sentAgain(Sample sample) {
    String name = sample.file().getFileName().toString();
    return store.resent().stream().filter(put -> put.contains(name)).toList();
  }

  private Sample sample(String name) {
    return Sample.ofParts(folder.resolve(name), PARTS);
  }
}

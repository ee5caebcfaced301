package io.waybill.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.StoreRelay;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** The console's uploader in a real browser: real clicks, real bytes, and what goes wrong. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBrowser.class)
class BrowserUploadTest {
  private static final int PARTS = Scale.times(12);

  /** 300 MB. */
  private static final int LARGE = 58;

  private static final long PART_BYTES = 5 << 20;

  private Path folder = Path.of("");
  private ExamplePage example;
  private Site site;
  private Api api;
  private SmallParts project;
  private StoreRelay store;
  private Chromium browser;
  private UploadPage page;
  private int profiles;

  @BeforeAll
  void begin(@TempDir Path directory) {
    folder = directory;
    example = ExamplePage.open();
    site = Site.openFor(example.origin(), folder.resolve("site"));
    site.controlApi();
    store = site.store();
    api = new Api(site.api(), DevelopmentIdentities.API_KEY);
    project = SmallParts.project(api, "browser", "");
  }

  @BeforeEach
  void openBrowser() {
    browser = Chromium.open(folder.resolve("profile-" + ++profiles));
    page = new UploadPage(browser, site.api(), project.id());
    page.open();
  }

  @AfterEach
  void closeBrowser() {
    store.holdAfter(Long.MAX_VALUE);
    store.cut(false);
    browser.close();
  }

  @AfterAll
  void end() {
    api.close();
    site.close();
    example.close();
  }

  @Test
  void three_files_arrive_whole_and_the_browser_has_nothing_to_complain_of() {
    List<Sample> samples =
        List.of(sample("large.bin", LARGE), sample("small.bin", 1), sample("other.bin", 2));

    page.begin("three", samples);
    page.await("done", 3);

    project.holds("three", samples);
    assertThat(sums("three")).as("sums that were told").doesNotContain("");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_killed_tab_is_gone_on_with_in_another_and_no_stored_part_is_sent_again() {
    Sample sample = sample("killed.bin", PARTS);
    String doomed = browser.tab();
    browser.openTab();
    String next = browser.tab();
    browser.use(doomed);
    int stored = store.stored().size();
    store.holdAfter(store.partBytes() + PARTS * PART_BYTES * 2 / 5);
    page.begin("killed", List.of(sample));
    Awaitility.await().until(() -> store.stored().size() > stored && store.underWay() > 0);

    browser.kill(next);
    store.holdAfter(Long.MAX_VALUE);
    store.awaitQuiet();
    page.open();
    page.pickAgain(sample);
    page.await("done", 1);

    project.holds("killed", List.of(sample));
    assertThat(store.resent()).isEmpty();
  }

  @Test
  void a_file_that_changed_is_refused_with_the_reason_and_the_upload_still_waits()
      throws IOException {
    Sample sample = sample("changed.bin", 6);
    FileTime before = Files.getLastModifiedTime(sample.file());
    String doomed = browser.tab();
    browser.openTab();
    String next = browser.tab();
    browser.use(doomed);
    store.holdAfter(store.partBytes() + 2 * PART_BYTES);
    page.begin("changed", List.of(sample));
    Awaitility.await().until(() -> store.underWay() > 0);
    browser.kill(next);
    store.holdAfter(Long.MAX_VALUE);
    store.awaitQuiet();
    Files.write(sample.file(), new byte[] {1}, StandardOpenOption.APPEND);

    page.open();
    page.pickAgain(sample);
    browser.awaitText(
        "changed.bin is not the file that the upload was begun with: it has %d bytes and had %d"
            .formatted(sample.sizeBytes() + 1, sample.sizeBytes()));

    try (var file = Files.newByteChannel(sample.file(), StandardOpenOption.WRITE)) {
      file.truncate(sample.sizeBytes());
    }
    Files.setLastModifiedTime(sample.file(), before);
    page.pickAgain(sample);
    page.await("done", 1);
    project.holds("changed", List.of(sample));
  }

  @Test
  void it_is_paused_and_resumed_here_and_from_elsewhere() {
    Sample sample = sample("paused.bin", PARTS);
    store.holdAfter(store.partBytes() + 2 * PART_BYTES);
    page.begin("paused", List.of(sample));
    browser.awaitText("sending");

    browser.press("Pause now");
    page.await("paused", 1);
    browser.awaitText("paused in the browser");
    store.holdAfter(Long.MAX_VALUE);
    store.awaitQuiet();
    store.holdAfter(store.partBytes() + 6 * PART_BYTES);
    int sent = store.puts().size();
    project.move("paused", "resume");
    Awaitility.await().until(() -> store.puts().size() > sent);
    project.move("paused", "pause");
    page.await("paused", 1);
    store.holdAfter(Long.MAX_VALUE);
    browser.press("Resume");
    page.await("done", 1);

    project.holds("paused", List.of(sample));
  }

  @Test
  void a_storm_of_503_and_a_network_that_is_cut_are_waited_for_with_the_reason() {
    Sample sample = sample("storm.bin", PARTS);
    store.busy().times(20);
    page.begin("storm", List.of(sample));
    browser.awaitText("storage answered 503 SlowDown");
    Awaitility.await().until(() -> store.busy().left() == 0);
    store.cut(true);
    browser.awaitText("the connection to storage broke");
    store.cut(false);
    page.await("done", 1);

    project.holds("storm", List.of(sample));
  }

  @Test
  void what_an_agent_began_is_finished_in_the_browser_and_the_agent_hears_of_it() {
    Sample sample = sample("agent.bin", PARTS);
    int stored = store.stored().size();
    store.holdAfter(store.partBytes() + PARTS * PART_BYTES * 2 / 5);
    Program agent =
        agent(
            "upload",
            sample.file().toString(),
            "--part-size",
            Sample.PART_SIZE,
            "--project",
            project.id(),
            "--task-name",
            "agent");
    Awaitility.await().until(() -> store.stored().size() > stored && store.underWay() > 0);
    agent.kill();
    store.holdAfter(Long.MAX_VALUE);
    store.awaitQuiet();

    page.takeOver(project.task("agent").path("task_id").asString(), sample);
    page.await("done", 1);

    project.holds("agent", List.of(sample));
    assertThat(store.resent()).isEmpty();
    assertThat(agent("resume").exitCode()).isZero();
  }

  private Program agent(String... arguments) {
    return site.agent(
        folder.resolve("agent"),
        Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_KEY", DevelopmentIdentities.API_KEY),
        arguments);
  }

  @Test
  void what_an_operator_cancels_ends_and_says_so() {
    store.holdAfter(store.partBytes() + 2 * PART_BYTES);
    page.begin("cancelled", List.of(sample("cancelled.bin", PARTS)));
    browser.awaitText("sending");
    project.move("cancelled", "cancel");
    store.holdAfter(Long.MAX_VALUE);

    page.await("aborted", 1);

    browser.awaitText("somebody aborted it on the server");
  }

  @Test
  void a_storage_that_does_not_allow_the_page_is_named_with_what_to_change() {
    URI other = URI.create("http://localhost:" + site.api().getPort());
    UploadPage elsewhere = new UploadPage(browser, other, project.id());
    elsewhere.open();

    elsewhere.begin("not allowed", List.of(sample("cors.bin", 1)));

    browser.awaitText("does not allow this page (CORS)");
    browser.awaitText("MINIO_API_CORS_ALLOW_ORIGIN=" + other);
  }

  @Test
  void the_ten_lines_of_the_documentation_upload_a_file() throws IOException {
    Sample sample = sample("example.bin", 3);
    example.shows(site.api());

    browser.visit(example.origin().resolve("/"));
    browser.find("input").sendKeys(sample.file().toString());
    browser.awaitText("example.bin: done");

    assertThat(
            site.database()
                .texts("select status from datasets where original_filename = ?", "example.bin"))
        .containsExactly("READY");
    assertThat(browser.complaints().stream().filter(said -> !said.contains("favicon"))).isEmpty();
  }

  /** The SHA-256 of each object of the task, as its dataset has it. */
  private Set<String> sums(String task) {
    Set<String> sums = new HashSet<>();
    project
        .task(task)
        .path("objects")
        .forEach(object ->
            sums.add(
                api.get(
                        "/v1/projects/%s/datasets/%s"
                            .formatted(project.id(), object.path("dataset_id").asString()))
                    .ok()
                    .path("checksum_sha256")
                    .asString("")));
    return sums;
  }

  private Sample sample(String name, int parts) {
    return Sample.ofParts(folder.resolve(name), parts);
  }
}

package io.waybill.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.oidc.SubjectIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** People of an OpenID Connect issuer at the console, in a real browser. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBrowser.class)
class ConsoleSignInTest {

  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;

  private final Path folder;
  private final Site site;
  private final SignInIssuer issuer;
  private final Browser browser;

  ConsoleSignInTest(@TempDir Path folder) {
    this.folder = folder;
    this.site = Site.open(folder.resolve("site"));
    this.issuer = SignInIssuer.open(site.api());
    this.browser = Browser.at(site.api());
  }

  @BeforeAll
  void begin() {
    site.controlApi(
        Map.of(
            "WAYBILL_OIDC_ISSUER",
            issuer.uri().toString(),
            "WAYBILL_OIDC_AUDIENCE",
            "waybill",
            "WAYBILL_OIDC_CLIENT_ID",
            SignInIssuer.CLIENT,
            "WAYBILL_OIDC_TENANT_ID",
            DevelopmentIdentities.TENANT.toString()));
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      for (String person : List.of("alice", "bob")) {
        admin
            .post(
                PROJECT + "/members/invite",
                "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"role\": \"owner\"}"
                    .formatted(SubjectIds.of(issuer.uri(), "user", person)))
            .ok();
      }
    }
  }

  @BeforeEach
  void comeAnew() {
    browser.open("/sign-in");
    browser.run("sessionStorage.clear(); localStorage.clear()");
    issuer.forget();
    issuer.away(false);
  }

  @AfterEach
  void nothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  @AfterAll
  void end() {
    browser.close();
    issuer.close();
    site.close();
  }

  @Test
  void a_person_signs_in_goes_on_after_a_reload_and_signs_out() {
    signIn("/devices");
    browser.awaitText("robot-17");
    browser.awaitText("Signed in as alice");
    assertThat(browser.run("return location.pathname")).isEqualTo("/devices");
    assertThat(browser.run("return JSON.stringify(localStorage) + document.cookie"))
        .asString()
        .doesNotContain("eyJ");
    assertThat(browser.source()).doesNotContain("eyJ");

    browser.open("/devices");
    browser.awaitText("Signed in as alice");
    assertThat(issuer.lasting()).isOne();
    browser.press("Sign out");
    browser.awaitText("You are signed out of this tab. At " + issuer.name());

    assertThat(browser.find("main .notice a").getDomProperty("href"))
        .startsWith(issuer.uri() + "/end?client_id=" + SignInIssuer.CLIENT);
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    Awaitility.await("the issuer is asked to forget, too").until(() -> issuer.lasting() == 0);
  }

  @Test
  void the_page_may_talk_to_exactly_its_issuer() throws IOException {
    try (Api anybody = new Api(site.api(), "")) {
      assertThat(anybody.get("/v1/welcome").ok().path("sign_in").path("issuer").asString())
          .isEqualTo(issuer.uri().toString());
    }
    assertThat(site.api().toURL().openConnection().getHeaderField("Content-Security-Policy"))
        .contains(
            "connect-src 'self' %s http://%s;".formatted(site.store().address(), issuer.name()))
        .contains("script-src 'self' 'sha256-");
  }

  @Test
  void who_is_refused_there_is_told_so_and_nobody_is_let_in() {
    browser.open("/uploads");
    browser.press("Sign in with " + issuer.name());
    browser.followAnywhere("nobody");
    browser.awaitText(issuer.name() + " has signed nobody in: not <b>today");

    assertThat(browser.all("nav")).isEmpty();
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    browser.typeKey(DevelopmentIdentities.API_KEY);
    browser.awaitText("Health");
    assertThat(browser.run("return location.pathname")).isEqualTo("/");
  }

  @Test
  void an_answer_to_a_sign_in_that_was_not_begun_here_signs_nobody_in() {
    int before = issuer.redeemed().size();
    browser.open("/sign-in?code=somebody-elses&state=planted");
    browser.awaitText("This answer is to no sign-in that was begun in this tab");
    browser.press("Sign in with " + issuer.name());
    browser.find("a");
    String state = browser.run("return new URLSearchParams(location.search).get('state')") + "x";
    browser.open("/sign-in?code=somebody-elses&state=" + state);
    browser.awaitText("This answer is to no sign-in that was begun in this tab");

    assertThat(issuer.redeemed()).hasSize(before);
    assertThat(browser.all("nav")).isEmpty();
    assertThat(browser.run("return location.search")).isEqualTo("");
  }

  @Test
  void a_token_that_expires_is_renewed_and_nobody_notices() {
    signIn("/devices");
    browser.press("Register a device");
    browser.fill("Name", "Half typed");
    int before = issuer.redeemed().size();

    expire();
    browser.fill("Code", "renewed");
    browser.press("Register");
    browser.find("pre[aria-label=Credential]");

    assertThat(issuer.redeemed().subList(before, before + 1)).containsExactly("refresh_token");
    assertThat(browser.all("dialog.away")).isEmpty();
  }

  @Test
  void an_issuer_that_is_away_at_a_renewal_ends_no_sign_in() {
    signIn("/devices");
    issuer.away(true);
    expire();
    browser.run(
        "sessionStorage.setItem('waybill.key', '%s')".formatted(issuer.token("alice", -300)));
    browser.followAnywhere("Uploads");
    browser.find("dialog.away");
    browser.open("/devices");
    browser.awaitText(issuer.name() + ", which would renew it, does not answer this page now");

    issuer.away(false);
    browser.awaitText("Signed in as alice");
    browser.awaitText("robot-17");
    issuer.away(true);
    browser.press("Sign out");
    assertThat(browser.text()).doesNotContain("which would renew it");
  }

  @Test
  void what_happens_is_followed_again_after_a_late_renewal() {
    signIn("/deliveries");
    issuer.away(true);
    expire();
    browser.followAnywhere("Devices");
    browser.find("dialog.away");
    Awaitility.await("it is followed no more")
        .until(() -> browser.all(".liveness.off").size() == 1);

    issuer.away(false);
    Awaitility.await("it is renewed")
        .atMost(Duration.ofMinutes(1))
        .until(() -> browser.all("dialog.away").isEmpty());
    browser.find(".liveness.live");
  }

  @Test
  void another_person_who_signs_in_over_what_is_open_finds_nothing_of_it() {
    signIn("/devices");
    browser.press("Register a device");
    browser.fill("Name", "Half typed");
    issuer.forget();
    expire();
    browser.fill("Code", "typed");
    browser.press("Register");
    browser.find("dialog.away");
    browser.besides(
        () -> browser.press("Sign in with " + issuer.name()), () -> browser.followAnywhere("bob"));

    browser.awaitText("Signed in as bob");
    assertThat(browser.all("dialog")).isEmpty();
  }

  @Test
  void who_must_sign_in_again_does_it_beside_what_is_open_and_loses_nothing() {
    signIn("/upload");
    beginUpload("expired.bin");
    browser.followAnywhere("Devices");
    browser.press("Register a device");
    browser.fill("Name", "Half typed");
    browser.fill("Code", "typed");

    issuer.forget();
    expire();
    site.store().holdAfter(Long.MAX_VALUE);
    browser.awaitText("Your sign-in at " + issuer.name() + " has ended");
    browser.besides(
        () -> browser.press("Sign in with " + issuer.name()),
        () -> browser.followAnywhere("alice"));

    Awaitility.await("what was open").until(() -> browser.all("dialog.away").isEmpty());
    assertThat(browser.find("dialog input").getDomProperty("value")).isEqualTo("Half typed");
    browser.press("Register");
    browser.find("pre[aria-label=Credential]");
    browser.press("Done");
    browser.followAnywhere("Upload");
    browser.find("tr[data-state=done]");
    assertThat(site.store().resent()).isEmpty();
  }

  @Test
  void who_signs_out_leaves_no_upload_to_whoever_signs_in_next() {
    signIn("/upload");
    beginUpload("left.bin");
    browser.press("Sign out");
    browser.awaitText("You are signed out of this tab");
    site.store().holdAfter(Long.MAX_VALUE);
    site.store().awaitQuiet();
    int sent = site.store().puts().size();

    browser.press("Sign in with " + issuer.name());
    browser.followAnywhere("bob");
    browser.followAnywhere("Upload");
    browser.awaitText("Nothing is being sent from this browser");
    browser.press("Sign out");
    signIn("/upload");
    browser.awaitText("left.bin");
    assertThat(site.store().puts()).hasSize(sent);
  }

  /** Some parts of the file are stored, and the others stand still. */
  private void beginUpload(String name) {
    Sample sample = Sample.ofParts(folder.resolve(name), 6);
    site.store().holdAfter(site.store().partBytes() + 5 * (5L << 20));
    browser.find("#pick-files").sendKeys(sample.file().toString());
    browser.press("Upload 1 file");
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> site.store().underWay() > 0);
  }

  /** By the button and the issuer's own page; what was asked for is open then. */
  private void signIn(String page) {
    browser.open(page);
    browser.press("Sign in with " + issuer.name());
    browser.followAnywhere("alice");
    browser.awaitText("Sign out");
  }

  /** The tab goes on with a token whose time is over. */
  private void expire() {
    api("setKey('%s')".formatted(issuer.token("alice", -300)));
  }

  private void api(String call) {
    browser.runAsync(
        "import(document.querySelector('script[type=module]').src.replace('app.js', 'api.js'))"
            + ".then((api) => api.%s).then(done)".formatted(call));
  }
}

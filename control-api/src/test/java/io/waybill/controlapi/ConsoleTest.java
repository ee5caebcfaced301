package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How the console is served: to browsers of people, beside what keys may do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

  private static final Path SOURCES = Path.of("src/main/resources/console");
  private static final int MOST_BYTES_OF_SCRIPTS = 150 << 10;
  private static final Pattern IMPORTED =
      Pattern.compile("(?:from|import\\()\\s*'(\\.{1,2}/[^']+)'|^import '(\\.[^']+)'");
  private static final Pattern BASE = Pattern.compile("/console/[0-9a-f]{16}/");
  private static final Pattern IMPORT_MAP =
      Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
  private static final List<String> PAGES =
      List.of(
          "/",
          "/sign-in",
          "/upload",
          "/uploads",
          "/uploads/" + TestWorld.id(1),
          "/devices",
          "/devices/" + TestWorld.id(1),
          "/datasets",
          "/datasets/" + TestWorld.id(1),
          "/settings",
          "/audit",
          "/deliveries",
          "/try");

  private final TestWorld world = new TestWorld();
  private final HttpCalls browser =
      new HttpCalls(world.api.port(), (method, path, body, answer) -> {});

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void a_page_is_read_and_nothing_else() {
    HttpAnswer answer = world.anybody().post("/", "{}");
    assertThat(answer.outcome()).isEqualTo("405 request.method_not_allowed");
    assertThat(answer.header("Allow")).isEqualTo("GET");
  }

  @Test
  void every_page_is_the_shell_with_a_policy_that_lets_nothing_else_in() {
    for (String page : PAGES) {
      HttpAnswer answer = browser.get(page);

      assertThat(answer.status()).as(page).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(answer.header("Content-Security-Policy"))
          .contains(
              "default-src 'self'",
              "connect-src 'self' https://memory.invalid;",
              "frame-ancestors 'none'",
              "object-src 'none'",
              "base-uri 'none'")
          .doesNotContain("unsafe", "*");
    }
  }

  @Test
  void the_one_script_in_the_page_is_the_import_map_that_the_policy_names() throws Exception {
    HttpAnswer page = browser.get("/");
    Matcher map = IMPORT_MAP.matcher(page.text());
    assertThat(map.find()).isTrue();
    byte[] sum =
        MessageDigest.getInstance("SHA-256").digest(map.group(1).getBytes(StandardCharsets.UTF_8));

    assertThat(page.header("Content-Security-Policy"))
        .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(sum) + "'");
    assertThat(page.text().split("<script", -1)).hasSize(3);
    assertThat(page.text()).doesNotContainPattern("(?i)\\son[a-z]+=|javascript:|\\sstyle=");
  }

  @Test
  void a_file_of_this_version_is_kept_and_one_of_another_is_asked_for_each_time() {
    String base = base();
    HttpAnswer now = browser.get(base + "app.js");
    HttpAnswer before = browser.get("/console/0000000000000000/app.js");

    assertThat(now.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(before.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(before.text()).isEqualTo(now.text());
    assertThat(now.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(now.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void what_the_browser_has_is_not_sent_again() {
    for (String path : List.of("/", base() + "style.css")) {
      String tag = browser.get(path).header("ETag");
      HttpAnswer again = browser.with("If-None-Match", tag).get(path);
      HttpAnswer other = browser.with("If-None-Match", "\"else\"").get(path);

      assertThat(tag).as(path).matches("\"[0-9a-f]{16}\"");
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.response().body()).isEmpty();
      assertThat(other.status()).as(path).isEqualTo(200);
    }
  }

  @Test
  void no_path_leads_out_of_the_console() {
    for (String path :
        List.of(
            "/console/x/../application.yaml",
            "/console/x/..%2fopenapi.yaml",
            "/console/x/%2e%2e/%2e%2e/openapi.yaml",
            "/console/x//etc/passwd",
            "/console/x/..\\openapi.yaml".replace("\\", "%5c"),
            "/console/x/index.html",
            "/console/app.js",
            "/console/x/",
            "/console/",
            "/uploads/a/b",
            "/index.html")) {
      assertThat(browser.get(path).outcome())
          .as(path)
          .isIn("404 request.route_not_found", "400 request.malformed");
    }
    assertThat(browser.post("/uploads", "{}").status()).isEqualTo(405);
  }

  @Test
  void every_file_that_a_file_imports_is_there() {
    String base = base();
    Deque<String> waiting = new ArrayDeque<>(List.of("app.js"));
    Set<String> seen = new TreeSet<>(waiting);
    while (!waiting.isEmpty()) {
      String file = waiting.poll();
      HttpAnswer answer = browser.get(base + file);
      assertThat(answer.status()).as(file).isEqualTo(200);
      IMPORTED
          .matcher(answer.text())
          .results()
          .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
          .map(target -> Path.of("/" + file).resolveSibling(target).normalize().toString())
          .map(target -> target.substring(1))
          .filter(seen::add)
          .forEach(waiting::add);
    }
    assertThat(seen).contains("api.js", "fleet/fleet.js", "uploads/upload.js");
  }

  @Test
  void all_scripts_together_are_at_most_150_KiB_compressed() throws IOException {
    String base = base();
    TreeMap<String, Integer> sizes = new TreeMap<>();
    for (String file : files()) {
      if (file.endsWith(".js")) {
        HttpAnswer answer = browser.with("Accept-Encoding", "gzip").get(base + file);
        assertThat(answer.header("Vary")).contains("Accept-Encoding");
        sizes.put(file, answer.response().body().length);
      }
    }
    int all = sizes.values().stream().mapToInt(size -> size).sum();

    assertThat(all).as("%d bytes: %s", all, sizes).isLessThanOrEqualTo(MOST_BYTES_OF_SCRIPTS);
  }

  @Test
  void no_file_makes_markup_of_text_or_runs_it() throws IOException {
    for (String file : files()) {
      if (file.endsWith(".js") && !file.startsWith("lib/")) {
        assertThat(Files.readString(SOURCES.resolve(file)))
            .as(file)
            .doesNotContain(
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
            .doesNotContainPattern("new Function|setAttribute\\('style'");
      }
    }
  }

  /** Ours, and the libraries'. */
  private static List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(SOURCES)) {
      List<String> ours =
          tree.filter(Files::isRegularFile)
              .map(file -> SOURCES.relativize(file).toString())
              .filter(file -> !file.equals("index.html"))
              .toList();
      List<String> theirs = List.of("lib/preact.js", "lib/preact-hooks.js", "lib/htm.js");
      return Stream.of(ours, theirs).flatMap(List::stream).sorted().toList();
    }
  }

  private String base() {
    Matcher base = BASE.matcher(browser.get("/").text());
    assertThat(base.find()).isTrue();
    return base.group();
  }
}

package io.waybill.acceptance.console;

import io.waybill.acceptance.site.DebianChromium;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** Somebody at Debian's Chromium, with the console before them. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String AXE = axe();

  private final ChromeDriver driver;
  private final URI console;

  private Browser(ChromeDriver driver, URI console) {
    this.driver = driver;
    this.console = console;
  }

  /** Opens a window; nothing is loaded yet. */
  static Browser at(URI console) {
    Browser browser =
        new Browser(DebianChromium.start("--hide-scrollbars", "--lang=en-GB"), console);
    browser.size(1360, 900);
    return browser;
  }

  /** Looks at it through a window of this size; the browser's own is never as narrow as a phone. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Cuts the browser off from every network, or lets it back. */
  void offline(boolean isCut) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", isCut, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Loads a page from the server. */
  void open(String path) {
    driver.get(console.resolve(path).toString());
  }

  /** Signs in by typing a key, and waits for the fleet. */
  void signIn(String key) {
    open("/");
    typeKey(key);
    awaitText("Health");
  }

  /** The same where the page asks for one now. */
  void typeKey(String key) {
    find("input[type=password]").sendKeys(key);
    press("Sign in");
  }

  /** The first element that there is, or will be. */
  WebElement find(String css) {
    return Awaitility.await(css)
        .atMost(PATIENCE)
        .until(() -> all(css), found -> !found.isEmpty())
        .getFirst();
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Presses the button that says this, as soon as it can be pressed. */
  void press(String text) {
    click("button", text);
  }

  /** Follows the link that says this, as soon as it is there. */
  void follow(String text) {
    click("main a", text);
  }

  /** The same, on a page that need not be the console's. */
  void followAnywhere(String text) {
    click("a", text);
  }

  /** Opens a window by the first act and uses it in the second, until it closes. */
  void besides(Runnable opening, Runnable use) {
    String here = driver.getWindowHandle();
    Set<String> before = driver.getWindowHandles();
    opening.run();
    String other =
        Awaitility.await("a window")
            .atMost(PATIENCE)
            .until(
                () -> driver.getWindowHandles().stream().filter(w -> !before.contains(w)).toList(),
                opened -> opened.size() == 1)
            .getFirst();
    driver.switchTo().window(other);
    use.run();
    Awaitility.await("it closes")
        .atMost(PATIENCE)
        .until(() -> driver.getWindowHandles().equals(before));
    driver.switchTo().window(here);
  }

  private void click(String kind, String text) {
    Awaitility.await(kind + " " + text)
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> {
          List<WebElement> found =
              all(kind).stream()
                  .filter(b -> b.isDisplayed() && b.isEnabled() && b.getText().equals(text))
                  .toList();
          found.stream().findFirst().ifPresent(WebElement::click);
          return !found.isEmpty();
        });
  }

  /** Types into the field of the open dialog that has this label, in place of what is there. */
  void fill(String label, String text) {
    WebElement field =
        driver.findElement(
            By.xpath(
                "//dialog//label[normalize-space()='%s']/following-sibling::*[1]"
                    .formatted(label)));
    if (field.getTagName().equals("input")) {
      field.sendKeys(Keys.chord(Keys.CONTROL, "a"));
    }
    field.sendKeys(text);
  }

  /** All that can be read. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  void awaitText(String text) {
    Awaitility.await(text)
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> text().contains(text));
  }

  void awaitNoText(String text) {
    Awaitility.await("no " + text)
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(() -> !text().contains(text));
  }

  /** Waits until nothing is being loaded. */
  void awaitQuiet() {
    Awaitility.await("the page is drawn")
        .atMost(PATIENCE)
        .until(() ->
            Boolean.TRUE.equals(
                run(
                    "return !!document.querySelector('main h1') &&"
                        + " ![...document.querySelectorAll('[role=status]')].some(e =>"
                        + " e.textContent === 'Loading…') &&"
                        + " !document.querySelector('[aria-busy=true]')")));
  }

  @Nullable Object run(String script) {
    return ((JavascriptExecutor) driver).executeScript(script);
  }

  /** Runs what says {@code done(…)} in the end. */
  void runAsync(String script) {
    driver.executeAsyncScript("const done = arguments[arguments.length - 1];" + script);
  }

  /** The page as it is now, seen or not. */
  String source() {
    return String.valueOf(run("return document.documentElement.outerHTML"));
  }

  /** What the browser has complained of since this was asked last, but for answers of the API. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  /** What axe-core finds that keeps somebody out: each with the rule and the first element. */
  List<String> barriers() {
    run(AXE);
    Object found =
        ((JavascriptExecutor) driver)
            .executeAsyncScript(
                "const done = arguments[arguments.length - 1];axe.run(document, {resultTypes:"
                    + " ['violations']}).then(r => done(r.violations.filter(v => v.impact ==="
                    + " 'serious' || v.impact === 'critical').map(v => ({rule: v.id, where:"
                    + " v.nodes[0].html, why: v.nodes[0].failureSummary}))))");
    return ((List<?>) Objects.requireNonNull(found))
        .stream()
            .map(one -> (Map<?, ?>) one)
            .map(one -> one.get("rule") + " at " + one.get("where") + ": " + one.get("why"))
            .toList();
  }

  /** Whether the page is wider than its window. */
  boolean isTooWide() {
    return Boolean.TRUE.equals(
        run("return document.documentElement.scrollWidth > document.documentElement.clientWidth"));
  }

  void picture(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe-core is on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

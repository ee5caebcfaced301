package io.waybill.acceptance.browser;

import io.waybill.acceptance.site.DebianChromium;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Debian's Chromium with a profile of its own, in which a person finds things by what they see. */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  static Chromium open(Path profile) {
    return new Chromium(
        DebianChromium.start("--window-size=1280,1000", "--user-data-dir=" + profile));
  }

  void visit(URI page) {
    driver.get(page.toString());
  }

  /** What can be seen of the page. */
  String text() {
    return script("return document.body.innerText").toString();
  }

  Object script(String script, Object... arguments) {
    Object said = driver.executeScript(script, arguments);
    return said == null ? "" : said;
  }

  /** Runs before any script of each page that is visited from now on. */
  void atEachPage(String script) {
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
  }

  /** A command of the DevTools protocol without parameters. */
  void command(String command) {
    driver.executeCdpCommand(command, Map.of());
  }

  /** Waits for an element that matches the CSS selector. */
  WebElement find(String css) {
    return await(css, () -> driver.findElements(By.cssSelector(css)).stream().findFirst().get());
  }

  /** Presses the button with this text, when there is one. */
  void press(String text) {
    String button = "//button[normalize-space()='" + text + "' and not(@disabled)]";
    await(
        "a button " + text,
        () -> {
          driver.findElement(By.xpath(button)).click();
          return true;
        });
  }

  /** Waits until the page says so. */
  void awaitText(String text) {
    await("to see: " + text, () -> text().contains(text) ? true : fail());
  }

  /** Waits until what the supplier answers comes without a complaint. */
  <T> T await(String what, Supplier<T> wanted) {
    return Awaitility.await(what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(wanted::get, found -> found != null);
  }

  private static Boolean fail() {
    throw new IllegalStateException("not yet");
  }

  /** A further tab, which is then the one that is used. */
  void openTab() {
    driver.switchTo().newWindow(WindowType.TAB);
  }

  String tab() {
    return driver.getWindowHandle();
  }

  void use(String tab) {
    driver.switchTo().window(tab);
  }

  /**
   * The process of this tab dies, with all that it had under way; another tab is used from then on.
   */
  void kill(String otherTab) {
    try {
      driver.executeCdpCommand("Page.crash", Map.of());
    } catch (WebDriverException dead) {
      // which is what was wanted
    }
    use(otherTab);
  }

  /** What pages complained of in the console. */
  List<String> complaints() {
    Stream<LogEntry> entries = driver.manage().logs().get(LogType.BROWSER).getAll().stream();
    return entries
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}

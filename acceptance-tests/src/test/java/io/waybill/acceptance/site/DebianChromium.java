package io.waybill.acceptance.site;

import java.io.File;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts Debian's Chromium without a screen; what a page complains of can be read afterwards. */
public final class DebianChromium {
  /**
   * It warns with every window that Debian's Chromium is newer than itself. Held, or it is
   * forgotten.
   */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private DebianChromium() {}

  /**
   * One with a profile of its own.
   *
   * @param arguments of Chromium's command line, besides those that every one gets
   */
  public static ChromeDriver start(String... arguments) {
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
    options.addArguments(List.of(arguments));
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    return new ChromeDriver(service, options);
  }
}

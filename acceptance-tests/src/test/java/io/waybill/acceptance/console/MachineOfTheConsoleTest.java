package io.waybill.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A machine becomes a device by the line that the console shows, and works until it is revoked. */
@Timeout(300)
@ExtendWith(NeedsBrowser.class)
class MachineOfTheConsoleTest {
  private static final Pattern COMMAND =
      Pattern.compile("echo (waybill1\\.[A-Za-z0-9_-]+) \\| waybill-agent provision -");

  @TempDir private Path folder;

  @Test
  void theLineThatIsShownMakesAMachineADevice() throws Exception {
    try (Site site = Site.open(folder)) {
      site.controlApi();
      site.gateway("waybill-gateway");
      try (Browser browser = Browser.at(site.api())) {
        browser.signIn(DevelopmentIdentities.API_KEY);
        String line = register(site, browser);
        browser.open("/devices");
        browser.follow("Weld cell 9");
        browser.awaitText("never seen");

        assertThat(exitCode(site, "provision", line)).isZero();
        browser.open("/devices");
        browser.follow("Weld cell 9");
        browser.awaitText("not told");
        byte[] bytes = new byte[5000];
        new Random(3).nextBytes(bytes);
        Path file = Files.write(folder.resolve("seam.mcap"), bytes);
        try (Program daemon = agent(site, "run")) {
          browser.open("/devices");
          browser.follow("Weld cell 9");
          browser.awaitText("online");
          browser.press("Ask for files");
          browser.fill("Paths on the device", file.toString());
          browser.press("Ask");
          browser.awaitText("done");
          browser.open("/uploads");
          browser.awaitText("seam.mcap");

          daemon.kill();
        }
        browser.open("/devices");
        browser.follow("Weld cell 9");
        browser.awaitText("offline");
        browser.press("Revoke");
        browser.press("Revoke for ever");
        browser.awaitText("It is revoked.");
        assertThat(exitCode(site, "upload", file.toString())).isEqualTo(4);
        assertThat(browser.complaints()).isEmpty();
      }
    }
  }

  private String register(Site site, Browser browser) {
    browser.open("/devices");
    browser.press("Register a device");
    browser.fill("Name", "Weld cell 9");
    browser.fill("Code", "weld-9");
    browser.press("Register");
    browser.find("pre[aria-label='To make a machine this device']");
    browser.fill("Host", "127.0.0.1");
    browser.fill("Port", site.configuration().text(MqttSetting.PORT));
    browser.fill("Directory that files may be asked for of", folder.toString());
    String shown = browser.find("pre[aria-label='To make a machine this device']").getText();
    Matcher command = COMMAND.matcher(shown);
    assertThat(command.matches()).as(shown).isTrue();
    browser.press("Done");
    return command.group(1);
  }

  private int exitCode(Site site, String... arguments) {
    try (Program agent = agent(site, arguments)) {
      int code = agent.exitCode();
      assertThat(agent.output()).doesNotContain("at io.waybill");
      return code;
    }
  }

  private Program agent(Site site, String... arguments) {
    return site.agent(
        folder.resolve("state"),
        Map.of("WAYBILL_AGENT_CONFIG", folder.resolve("agent.yaml").toString()),
        arguments);
  }
}

package io.waybill.acceptance.plc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.SharedSite.OnMosquitto;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.StoreRelay;
import io.waybill.acceptance.site.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The programs in Python, JavaScript and C, on a real gateway. */
@Timeout(300)
@ExtendWith(SharedSite.class)
class ControllerProgramsTest {
  /** Debian's, which is the one that finds Debian's Paho. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final List<String> COMPILER =
      List.of("cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", "upload");
  private static final List<String> LIBRARIES = List.of("-lmosquitto", "-lcurl", "-lcjson");

  @TempDir Path folder;
  private Sample sample;

  @BeforeEach
  void record() {
    sample = Sample.ofParts(folder.resolve("cell 7, run-42.mcap"), 6);
  }

  @Test
  void python_uploads_a_file(@OnMosquitto Site site) throws Exception {
    Controller controller = new Controller(site, folder);

    controller.assertStored(controller.run(python()), sample);

    assertThat(folder.resolve("cell 7, run-42.mcap.waybill")).doesNotExist();
  }

  @Test
  void node_uploads_a_file(@OnMosquitto Site site) throws Exception {
    Controller controller = new Controller(site, folder);

    controller.assertStored(controller.run(node()), sample);

    assertThat(folder.resolve("cell 7, run-42.mcap.waybill")).doesNotExist();
  }

  @Test
  void python_goes_on_where_a_power_cut_left_it(Site site) throws Exception {
    goesOnWhereAPowerCutLeftIt(site, python());
  }

  @Test
  void node_goes_on_where_a_power_cut_left_it(Site site) throws Exception {
    goesOnWhereAPowerCutLeftIt(site, node());
  }

  private void goesOnWhereAPowerCutLeftIt(Site site, List<String> program) throws Exception {
    Controller controller = new Controller(site, folder);
    StoreRelay store = site.store();
    int before = store.resent().size();
    int taken = store.stored().size();
    store.holdAfter(store.partBytes() + 13_000_000);
    Process first = controller.start(Map.of(), program);
    try {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> store.stored().size() >= taken + 2 || !first.isAlive());
      assertThat(first.isAlive()).as(controller.read("said.err")).isTrue();
      first.destroyForcibly().waitFor();
    } finally {
      store.holdAfter(Long.MAX_VALUE);
    }
    store.awaitQuiet();

    controller.assertStored(controller.run(program), sample);

    assertThat(store.resent()).as("sent twice").hasSize(before);
  }

  @Test
  void python_says_why_it_is_not_let_in(Site site) throws Exception {
    saysWhyItIsNotLetIn(site, python(), "5");
  }

  @Test
  void node_says_why_it_is_not_let_in(Site site) throws Exception {
    saysWhyItIsNotLetIn(site, node(), "Connection refused: Not authorized");
  }

  private void saysWhyItIsNotLetIn(Site site, List<String> program, String why) throws Exception {
    Controller controller = new Controller(site, folder);

    Process process = controller.start(Map.of("WAYBILL_CREDENTIAL", "wrong"), program);

    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(controller.read("said.err")).contains("refused: mqtt: the broker says: " + why);
  }

  @Test
  void c_compiles_without_a_warning_and_uploads_a_file(Site site) throws Exception {
    Controller controller = new Controller(site, folder);

    List<String> command = List.of(compiled(), sample.file().toString(), "cell-7-run-42");
    controller.assertStored(controller.run(command), sample);
  }

  @Test
  void c_goes_the_same_way_on_mosquitto(@OnMosquitto Site site) throws Exception {
    Controller controller = new Controller(site, folder);

    List<String> command = List.of(compiled(), sample.file().toString(), "cell-7-run-43");
    controller.assertStored(controller.run(command), sample);
  }

  private List<String> python() throws Exception {
    assumeTrue(succeeds(PYTHON, "-c", "import paho.mqtt.client"), "no python3-paho-mqtt");
    String program = Controller.PROGRAMS.resolve("upload.py").toString();
    return List.of(PYTHON, program, sample.file().toString());
  }

  private List<String> node() {
    String tools = System.getenv("WAYBILL_TEST_NODE_TOOLS");
    assumeTrue(tools != null, "Node.js tools are missing: WAYBILL_TEST_NODE_TOOLS is not set");
    String program = Controller.PROGRAMS.resolve("upload.js").toString();
    String modules = Path.of(tools, "node_modules").toString();
    return List.of("env", "NODE_PATH=" + modules, "node", program, sample.file().toString());
  }

  private String compiled() throws Exception {
    String missing = Tools.missing("cc");
    assumeTrue(missing.isEmpty(), missing);
    assumeTrue(Files.exists(Path.of("/usr/include/mosquitto.h")), "no libmosquitto-dev");
    String source = Controller.PROGRAMS.resolve("upload.c").toString();
    Command.of(Stream.of(COMPILER, List.of(source), LIBRARIES).flatMap(List::stream).toList())
        .in(folder)
        .run();
    return folder.resolve("upload").toString();
  }

  private static boolean succeeds(String... command) throws IOException, InterruptedException {
    return Command.of(command).end().exitCode() == 0;
  }
}

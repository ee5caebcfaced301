package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./waybill up} where something else is already. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpInTheWayTest {
  private Up up;

  @BeforeAll
  void prepare(@TempDir Path folder) {
    up = new Up(folder, Program.Host.OURS);
  }

  @AfterEach
  void killAll() {
    up.killAll();
  }

  @AfterAll
  void close() {
    up.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "storage", "mqtt", "http", "gateway"})
  void a_taken_port_is_named_with_its_option_and_nothing_is_left_running(String part)
      throws IOException {
    int port = up.port(part);
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Program stack = up.start();

      assertThat(stack.exitCode()).as("port %d: %s", taken.getLocalPort(), stack.output()).isOne();
      assertThat(stack.output())
          .contains("port " + port, "is taken", "--" + part + "-port")
          .doesNotContain("\nready in", "Exception");
      assertThat(up.hasPostgres()).as("a database server that was left").isFalse();
    }
  }

  @Test
  void a_second_one_on_the_same_folder_is_told_so_and_the_first_goes_on() {
    Program first = up.startReady();
    Program second = up.startAnother();

    assertThat(second.exitCode()).as(second.output()).isOne();
    assertThat(second.output())
        .contains("in use by another Waybill process", "--data-dir")
        .doesNotContain("\nready in", "Exception");
    Program agent =
        up.agent("upload", Checkout.RECORDING.toString(), "--task-name", "still", "--wait");
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    up.inspector().findsOnce("still", Sample.of(Checkout.RECORDING));
    assertThat(first.stop()).as(first.output()).isIn(0, 143);
  }
}

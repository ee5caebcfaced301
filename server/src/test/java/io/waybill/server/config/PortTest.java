package io.waybill.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortTest {
  @Test
  void a_taken_port_is_named_with_the_way_to_choose_another() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Port port = new Port(other.getLocalPort(), "the API", "WAYBILL_HTTP_PORT");

      assertThatThrownBy(() -> port.claim("127.0.0.1"))
          .isInstanceOf(StartupFailure.class)
          .hasMessageContaining("port " + other.getLocalPort() + " (the API) is taken")
          .hasMessageContaining("WAYBILL_HTTP_PORT");
    }
  }

  @Test
  void zero_takes_any_free_one() {
    assertThat(new Port(0, "the API", "WAYBILL_HTTP_PORT").claim("127.0.0.1")).isPositive();
  }

  @Test
  void an_address_that_is_none_is_named() {
    assertThatThrownBy(() -> new Port(0, "the API", "WAYBILL_HTTP_PORT").claim("no.such.invalid"))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("no.such.invalid");
  }

  @Test
  void no_port_is_given_twice_although_nobody_listens_on_it_yet() {
    List<Integer> given =
        IntStream.range(0, 400).map(n -> new Port(0, "a part", "--port").claim()).boxed().toList();

    assertThat(given).doesNotHaveDuplicates();
  }

  @Test
  void a_port_that_was_given_is_kept_for_whoever_listens_on_it() throws IOException {
    Port any = new Port(0, "a part", "--port");
    int given = any.claim();

    try (SocketChannel other = SocketChannel.open()) {
      assertThatThrownBy(() -> other.bind(new InetSocketAddress(Port.loopback(), given)))
          .as("another process that looks for a free port")
          .isInstanceOf(BindException.class);
    }
    try (ServerSocket part = new ServerSocket(given, 1, Port.loopback())) {
      assertThat(part.getLocalPort()).isEqualTo(given);
    }
  }

  /** A process that is being started has, for a moment, whatever was open here when it began. */
  @Test
  void a_port_that_was_given_can_be_had_while_processes_are_started() throws Exception {
    Port any = new Port(0, "a part", "--port");
    AtomicBoolean isOver = new AtomicBoolean();
    Thread starting =
        Thread.startVirtualThread(() -> {
          while (!isOver.get()) {
            startAndEnd();
          }
        });
    for (int n = 0; n < 1000; n++) {
      try (ServerSocket part = new ServerSocket(any.claim(), 1, Port.loopback())) {
        assertThat(part.isBound()).isTrue();
      }
    }
    isOver.set(true);
    starting.join();
  }

  private static void startAndEnd() {
    try {
      new ProcessBuilder("true").start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

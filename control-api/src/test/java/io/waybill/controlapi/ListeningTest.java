package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.controlapi.edge.RequestIds;
import io.waybill.controlapi.edge.RequestRecord;
import io.waybill.core.memory.SequentialIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {

  @Test
  void a_server_that_gets_no_port_does_not_seem_to_run() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ApiSettings settings = ApiSettings.DEFAULT.listeningOn("127.0.0.1", other.getLocalPort());

      assertThatThrownBy(() ->
              ControlApi.start(
                  settings,
                  List.of(),
                  new RequestIds(new SequentialIds()),
                  new RequestRecord(new SimpleMeterRegistry())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + other.getLocalPort());
    }
  }
}

package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.controlapi.edge.RequestIds;
import io.waybill.controlapi.edge.RequestRecord;
import io.waybill.controlapi.edge.RouteTable;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.ThreadWaits;
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

      RequestIds requestIds = new RequestIds(new SequentialIds());

      assertThatThrownBy(() ->
              ControlApi.start(
                  settings,
                  new RouteTable(
                      List.of(),
                      requestIds,
                      new RequestRecord(new SimpleMeterRegistry(), Tracer.NONE),
                      new ThreadWaits()),
                  requestIds))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + other.getLocalPort());
    }
  }
}

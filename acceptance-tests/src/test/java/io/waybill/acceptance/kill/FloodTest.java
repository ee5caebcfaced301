package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** More requests at once than a gateway asks for, on a broker that sends them all the same. */
@Timeout(300)
class FloodTest {
  @TempDir Path folder;

  @Test
  void a_broker_that_overruns_the_receive_maximum_costs_no_answer_and_no_gateway()
      throws InterruptedException, ExecutionException {
    try (Site site = Site.openOnMosquitto(folder)) {
      Program gateway = site.gateway("waybill-gateway");
      try (Device robot = Device.robot17(site.configuration());
          ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<JsonNode>> answers = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
          answers.add(threads.submit(() -> robot.ask("describe", "{}")));
        }
        for (Future<JsonNode> answer : answers) {
          assertThat(answer.get().path("ok").asBoolean()).isTrue();
        }
      }
      assertThat(gateway.isAlive()).isTrue();
    }
  }
}

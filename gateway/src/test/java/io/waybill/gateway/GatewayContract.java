package io.waybill.gateway;

import java.nio.file.Path;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gateway on a broker: what devices may rely on, whatever the broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayContract {

  TestBroker broker;
  Plant plant;
  private Gateway gateway;

  abstract TestBroker start(Path directory);

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = start(directory);
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) { // none where it is not installed
      broker.close();
    }
  }

  @BeforeEach
  void startGateway() {
    plant = new Plant();
    gateway = plant.gateway(broker, "waybill-gateway-" + UUID.randomUUID());
    gateway.ready().join();
  }

  @AfterEach
  void stopGateway() {
    gateway.close();
  }

  Robot robot17() {
    return Robot.five(broker, Plant.ROBOT_17);
  }

  /** A request is written down after its answer has left. */
  void awaitCount(String line) {
    Awaitility.await().until(() -> plant.metrics.scrape().contains(line));
  }
}

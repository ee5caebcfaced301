package io.waybill.gateway;

import io.waybill.gateway.GatewaySettings.Bounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Gateways with little room and little patience, on one broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QuickGateways {

  static final Bounds QUICK =
      new Bounds(
          Bounds.DEFAULT.payloadBytes(),
          8,
          8,
          16,
          16,
          Duration.ofSeconds(2),
          Duration.ofHours(1),
          Duration.ofSeconds(10),
          Duration.ofMillis(200));

  TestBroker broker;
  Plant plant;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = TestBroker.embedded(directory);
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void build() {
    plant = new Plant();
  }

  Gateway gateway() {
    Gateway gateway = plant.gateway(broker.port(), "gateway-" + UUID.randomUUID(), QUICK);
    gateway.ready().join();
    return gateway;
  }

  Robot robot17() {
    return Robot.five(broker, Plant.ROBOT_17);
  }
}

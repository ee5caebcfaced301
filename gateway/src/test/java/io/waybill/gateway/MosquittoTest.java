package io.waybill.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** On Debian's Mosquitto. */
class MosquittoTest extends GatewayContract {

  @Override
  TestBroker start(Path directory) {
    assumeTrue(Files.isExecutable(TestBroker.MOSQUITTO), "Mosquitto is not installed");
    return TestBroker.mosquitto(directory, TestBroker.freePort(), "allow_anonymous true");
  }
}

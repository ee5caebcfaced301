package io.waybill.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** On Debian's Mosquitto. */
class MosquittoTest {

  private static TestBroker mosquitto(Path directory) {
    assumeTrue(Files.isExecutable(TestBroker.MOSQUITTO), "Mosquitto is not installed");
    return TestBroker.mosquitto(directory, FreePort.any(), "allow_anonymous true");
  }

  @Nested
  class Uploads extends UploadsContract {
    @Override
    TestBroker start(Path directory) {
      return mosquitto(directory);
    }
  }

  @Nested
  class Answering extends AnswersContract {
    @Override
    TestBroker start(Path directory) {
      return mosquitto(directory);
    }
  }
}

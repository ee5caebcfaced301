package io.waybill.gateway;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** On HiveMQ CE, in this process. */
class EmbeddedBrokerTest {

  @Nested
  class Uploads extends UploadsContract {
    @Override
    TestBroker start(Path directory) {
      return TestBroker.embedded(directory);
    }
  }

  @Nested
  class Answering extends AnswersContract {
    @Override
    TestBroker start(Path directory) {
      return TestBroker.embedded(directory);
    }
  }
}

package io.waybill.gateway;

import java.nio.file.Path;

/** On HiveMQ CE, in this process. */
class EmbeddedBrokerTest extends GatewayContract {

  @Override
  TestBroker start(Path directory) {
    return TestBroker.embedded(directory);
  }
}

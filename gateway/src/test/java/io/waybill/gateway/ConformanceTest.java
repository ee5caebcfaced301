package io.waybill.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The protocol on each broker that a machine of ours can run. */
class ConformanceTest {

  private static void assumeInstalled(String program) {
    assumeTrue(Files.isExecutable(Path.of(program)), program + " is not installed");
  }

  /** HiveMQ CE, with doors that {@code up} does not open. */
  @Nested
  class OnTheEmbeddedBroker extends ConformanceContract {
    @Override
    void assumePossible() {
      assumeInstalled("/usr/bin/openssl");
    }

    @Override
    GuardedBroker start(Path folder, Authority vouching) {
      return GuardedBroker.embedded(folder, vouching);
    }
  }

  /** Debian's. */
  @Nested
  class OnMosquitto extends ConformanceContract {
    @Override
    void assumePossible() {
      assumeInstalled("/usr/bin/openssl");
      assumeInstalled(TestBroker.MOSQUITTO.toString());
    }

    @Override
    GuardedBroker start(Path folder, Authority vouching) {
      return GuardedBroker.mosquitto(folder, vouching);
    }
  }

  /** The published image of 2.0, or another one that is named. */
  @Nested
  class OnMosquitto20InAContainer extends InAContainer {
    OnMosquitto20InAContainer() {
      super(System.getenv().getOrDefault("WAYBILL_TEST_MOSQUITTO_IMAGE", "eclipse-mosquitto:2.0"));
    }
  }

  @Nested
  class OnMosquitto21InAContainer extends InAContainer {
    OnMosquitto21InAContainer() {
      super("eclipse-mosquitto:2.1");
    }
  }

  @Tag("docker")
  abstract static class InAContainer extends ConformanceContract {
    private final String image;

    InAContainer(String image) {
      this.image = image;
    }

    @Override
    void assumePossible() {
      assumeInstalled("/usr/bin/openssl");
      assumeInstalled("/usr/bin/mosquitto_passwd");
      assumeTrue(
          System.getenv("WAYBILL_TEST_COMPOSE") != null,
          "a Docker engine with " + image + " is missing: WAYBILL_TEST_COMPOSE is not set");
    }

    @Override
    GuardedBroker start(Path folder, Authority vouching) {
      return GuardedBroker.container(image, folder, vouching);
    }
  }
}

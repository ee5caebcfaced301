package io.waybill.allinone.embedded;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import io.waybill.hivemq.Doorkeeper;
import io.waybill.hivemq.Gateways;
import io.waybill.server.config.Port;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An MQTT 3.1.1 and 5 broker on the loopback interface whose sessions live in memory: they end with
 * the process, and devices repeat what was not answered.
 */
public final class EmbeddedBroker implements AutoCloseable {

  /**
   * What to run.
   *
   * @param directory configuration and scratch files
   * @param topicPrefix the first level of every topic
   * @param gatewayUser the platform's own identity; its client ids begin with this name
   */
  public record Settings(
      Path directory,
      Port port,
      String topicPrefix,
      String gatewayUser,
      String gatewayPassword,
      DeviceDirectory devices) {
    public static final int DEFAULT_PORT = 11_883;

    /** The seeded identity of the gateway, in front of the registry given. */
    public static Settings development(Path directory, int port, DeviceDirectory devices) {
      return new Settings(
          directory.toAbsolutePath(),
          new Port(port, "MQTT", "--mqtt-port"),
          "device",
          "waybill-gateway",
          "wb_dev_gateway_local_only",
          devices);
    }
  }

  private final EmbeddedHiveMQ broker;
  private final ExecutorService executor;
  private final int port;

  private EmbeddedBroker(EmbeddedHiveMQ broker, ExecutorService executor, int port) {
    this.broker = broker;
    this.executor = executor;
    this.port = port;
  }

  /** Starts the broker and returns when it accepts clients. */
  public static EmbeddedBroker start(Settings settings) {
    int port = settings.port().claim();
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    EmbeddedHiveMQ broker = build(settings, port, new InProcess(doorkeeper(settings, executor)));
    // Without our authenticator nobody gets in: build() has just set the opposite.
    InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
    try {
      broker.start().get();
      return new EmbeddedBroker(broker, executor, port);
    } catch (ExecutionException e) {
      executor.shutdownNow();
      throw new StartupFailure("the MQTT broker does not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      executor.shutdownNow();
      throw new StartupFailure("interrupted while the MQTT broker starts", e);
    }
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      broker.close();
    } catch (ExecutionException e) {
      throw new StartupFailure("the MQTT broker does not stop: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      executor.shutdownNow();
    }
  }

  private static Doorkeeper doorkeeper(Settings settings, Executor executor) {
    return new Doorkeeper(
        new Gateways(settings.gatewayUser(), settings.gatewayPassword(), settings.topicPrefix()),
        new DirectoryDevices(settings.devices(), settings.topicPrefix()),
        executor,
        Runnable::run,
        Doorkeeper.PERIOD);
  }

  private static EmbeddedHiveMQ build(Settings settings, int port, InProcess keeper) {
    try {
      Path configuration = Files.createDirectories(settings.directory().resolve("conf"));
      Files.writeString(configuration.resolve("config.xml"), configuration(port));
      return EmbeddedHiveMQ.builder()
          .withConfigurationFolder(configuration)
          .withDataFolder(Files.createDirectories(settings.directory().resolve("data")))
          .withExtensionsFolder(Files.createDirectories(settings.directory().resolve("extensions")))
          .withEmbeddedExtension(
              EmbeddedExtension.builder()
                  .withId("waybill")
                  .withName("Waybill")
                  .withVersion("1")
                  .withAuthor("Waybill")
                  .withExtensionMain(keeper)
                  .build())
          .withoutLoggingBootstrap()
          .build();
    } catch (IOException e) {
      throw new StartupFailure("cannot use " + settings.directory() + ": " + e, e);
    }
  }

  /** Packets of 1 MiB pass, so that the gateway refuses what is over 256 KiB, with an answer. */
  private static String configuration(int port) {
    return """
    <?xml version="1.0"?>
    <!-- Written by Waybill at every start. -->
    <hivemq>
      <listeners>
        <tcp-listener>
          <port>%d</port>
          <bind-address>127.0.0.1</bind-address>
        </tcp-listener>
      </listeners>
      <mqtt>
        <queued-messages>
          <max-queue-size>10000</max-queue-size>
        </queued-messages>
        <packets>
          <max-packet-size>1048576</max-packet-size>
        </packets>
        <receive-maximum>
          <server-receive-maximum>1000</server-receive-maximum>
        </receive-maximum>
      </mqtt>
      <security>
        <allow-empty-client-id>
          <enabled>false</enabled>
        </allow-empty-client-id>
      </security>
      <persistence>
        <mode>in-memory</mode>
      </persistence>
      <anonymous-usage-statistics>
        <enabled>false</enabled>
      </anonymous-usage-statistics>
    </hivemq>
    """
        .formatted(port);
  }

  private record InProcess(Doorkeeper doorkeeper) implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
      doorkeeper.start();
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
  }
}

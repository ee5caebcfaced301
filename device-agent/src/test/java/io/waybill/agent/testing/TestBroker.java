package io.waybill.agent.testing;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A real broker on loopback that lets everybody in. */
public final class TestBroker implements AutoCloseable {

  private final EmbeddedHiveMQ broker;
  private final int port;

  public TestBroker(Path directory, int port) {
    this.port = port;
    try {
      this.broker = broker(directory, port);
      broker.start().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return port;
  }

  private static EmbeddedHiveMQ broker(Path directory, int port) throws IOException {
    Path configuration = Files.createDirectories(directory.resolve("conf"));
    Files.writeString(
        configuration.resolve("config.xml"),
        """
        <?xml version="1.0"?>
        <hivemq>
          <listeners><tcp-listener>
            <port>%d</port><bind-address>127.0.0.1</bind-address>
          </tcp-listener></listeners>
          <persistence><mode>in-memory</mode></persistence>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """
            .formatted(port));
    return EmbeddedHiveMQ.builder()
        .withConfigurationFolder(configuration)
        .withDataFolder(Files.createDirectories(directory.resolve("data")))
        .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
        .withoutLoggingBootstrap()
        .build();
  }

  @Override
  public void close() {
    try {
      broker.stop().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

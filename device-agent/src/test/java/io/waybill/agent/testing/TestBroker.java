package io.waybill.agent.testing;

import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

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

  /** Below the ports that the kernel gives to whoever connects, which may be taken any moment. */
  public static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 25_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // the next one, then
      }
    }
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

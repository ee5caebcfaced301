package io.waybill.gateway;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.waybill.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real broker that lets anybody in, on a port of its own. */
interface TestBroker extends AutoCloseable {

  int port();

  @Override
  void close();

  /** HiveMQ CE inside this process; its sessions end with it. */
  static TestBroker embedded(Path directory) {
    int port = FreePort.any();
    try {
      Path configuration = Files.createDirectories(directory.resolve("conf"));
      Files.writeString(configuration.resolve("config.xml"), hiveMqConfiguration(port));
      EmbeddedHiveMQ broker =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(configuration)
              .withDataFolder(Files.createDirectories(directory.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(directory.resolve("extensions")))
              .withoutLoggingBootstrap()
              .build();
      broker.start().get();
      return new Embedded(broker, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker does not start", e);
    }
  }

  /** HiveMQ inside this process. */
  record Embedded(EmbeddedHiveMQ broker, int port) implements TestBroker {
    @Override
    public void close() {
      try {
        broker.stop().get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException("the broker does not stop", e);
      }
    }
  }

  /** Where Debian puts Mosquitto. */
  Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");

  /** Mosquitto as a process of its own. */
  static Mosquitto mosquitto(Path directory, int port, String more) {
    try {
      Path configuration = directory.resolve("mosquitto.conf");
      Files.writeString(
          configuration,
          """
          listener %d 127.0.0.1
          set_tcp_nodelay true
          max_inflight_messages 1000
          %s
          """
              .formatted(port, more));
      Process process =
          new ProcessBuilder(MOSQUITTO.toString(), "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("mosquitto.log").toFile())
              .start();
      Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> listens(port));
      return new Mosquitto(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Mosquitto, ended without a word to its clients. */
  record Mosquitto(Process process, int port) implements TestBroker {
    @Override
    public void close() {
      process.destroyForcibly();
      process.onExit().join();
    }

    /** Told to end, so that it writes down what it is configured to keep. */
    void stop() {
      process.destroy();
      process.onExit().join();
    }
  }

  static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String hiveMqConfiguration(int port) {
    return """
    <?xml version="1.0"?>
    <hivemq>
      <listeners>
        <tcp-listener>
          <port>%d</port>
          <bind-address>127.0.0.1</bind-address>
        </tcp-listener>
      </listeners>
      <mqtt>
        <packets>
          <max-packet-size>1048576</max-packet-size>
        </packets>
        <receive-maximum>
          <server-receive-maximum>1000</server-receive-maximum>
        </receive-maximum>
      </mqtt>
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
}

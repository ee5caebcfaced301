package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Installation.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Debian's Mosquitto on loopback, for a fleet of one tenant. */
public final class Mosquitto implements AutoCloseable {
  private final Process process;
  private final int port;

  private Mosquitto(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** One that lets only gateways in. */
  public static Mosquitto start(Path checkout, Path folder, String tenant)
      throws IOException, InterruptedException {
    return start(checkout, folder, tenant, List.of());
  }

  static Mosquitto start(Path checkout, Path folder, String tenant, List<Device> devices)
      throws IOException, InterruptedException {
    int port = Ports.free();
    Path settings = new BrokerFolder(checkout, folder, port).write(tenant, devices);
    Process process =
        new ProcessBuilder("mosquitto", "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    Ports.awaitPort(port);
    return new Mosquitto(process, port);
  }

  public int port() {
    return port;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}

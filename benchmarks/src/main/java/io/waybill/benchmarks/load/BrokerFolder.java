package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Installation.Device;
import io.waybill.core.device.BrokerPassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of Debian's Mosquitto: the settings of {@code broker-config/mosquitto}, and passwords
 * and rights for a fleet of one tenant, as {@code waybill admin broker export} would hash them.
 */
record BrokerFolder(Path checkout, Path folder, int port) {
  /** Who may be a gateway. */
  static final List<String> GATEWAYS = List.of("waybill-gateway", "waybill-gateway-2");

  private static final String GATEWAY_PASSWORD = "wb_dev_gateway_local_only";

  /** The settings' file. */
  Path write(String tenant, List<Device> devices) throws IOException {
    StringBuilder passwords = new StringBuilder();
    for (Device device : devices) {
      String hash = BrokerPassword.hashOf(device.credential());
      passwords.append(device.id()).append(':').append(hash).append('\n');
    }
    StringBuilder rights = new StringBuilder();
    for (String gateway : GATEWAYS) {
      String hash = BrokerPassword.hashOf(GATEWAY_PASSWORD);
      passwords.append(gateway).append(':').append(hash).append('\n');
      rights.append(ofGateway(gateway));
    }
    rights.append(ofDevices("device/" + tenant + "/%u/"));
    Files.writeString(folder.resolve("passwords"), passwords);
    Files.writeString(folder.resolve("acl"), rights);
    String settings =
        Files.readString(checkout.resolve("broker-config/mosquitto/mosquitto.conf"))
            .replace("@PORT@", "" + port)
            .replace("@ADDRESS@", "127.0.0.1")
            .replace("@FOLDER@", folder.toString());
    // Started by root it would become another user, who cannot read these files.
    return Files.writeString(
        folder.resolve("mosquitto.conf"),
        settings + "\nuser " + System.getProperty("user.name") + "\n");
  }

  private static String ofGateway(String name) {
    return """
    user %s
    topic write device/+/+/upload/response/#
    topic write device/+/+/upload/error
    topic write device/+/+/upload/command
    topic write device/+/+/upload/event
    topic read device/+/+/upload/request
    topic read device/+/+/upload/progress
    topic read device/+/+/upload/command/result
    topic read device/+/+/presence
    """
        .formatted(name);
  }

  private static String ofDevices(String own) {
    return """
    pattern write %1$supload/request
    pattern write %1$supload/progress
    pattern write %1$supload/command/result
    pattern write %1$spresence
    pattern read %1$supload/response/#
    pattern read %1$supload/error
    pattern read %1$supload/command
    pattern read %1$supload/event
    """
        .formatted(own);
  }
}

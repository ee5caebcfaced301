package io.waybill.server;

import io.waybill.wire.Provisioning;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code waybill admin device}: one line that makes a machine a device. */
@Command(
    name = "device",
    description = "Registers devices over a running API, and prints what their machines are told.",
    mixinStandardHelpOptions = true)
final class DeviceCommand implements Runnable {

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Who asks, and what the machine has to know beside who it is. */
  static final class Told {
    @Option(
        names = "--api-url",
        defaultValue = "http://127.0.0.1:18080",
        description = "the API that is asked (${DEFAULT-VALUE})")
    private URI api = URI.create("http://127.0.0.1:18080");

    @Option(
        names = "--api-key",
        required = true,
        defaultValue = "${env:WAYBILL_API_KEY}",
        description = "of whoever may do this there (env WAYBILL_API_KEY)")
    private String key = "";

    @Option(names = "--project", required = true, description = "where its uploads belong")
    private UUID project = new UUID(0, 0);

    @Option(
        names = "--broker",
        required = true,
        description = "where the machine finds the broker, as broker.example:8883")
    private String broker = "";

    @Option(names = "--tls", description = "it speaks TLS with the broker")
    private boolean tls;

    @Option(names = "--topic-prefix", description = "as in WAYBILL_MQTT_TOPIC_PREFIX")
    private @Nullable String topicPrefix;

    @Option(names = "--ca-file", description = "the authorities that the machine is to trust, PEM")
    private @Nullable Path authorities;

    @Option(
        names = "--device-api-url",
        description = "where the machine finds the API; as --api-url when not given")
    private @Nullable URI deviceApi;

    @Option(names = "--receipt-issuer", description = "as in WAYBILL_RECEIPT_ISSUER")
    private @Nullable String issuer;

    @Option(names = "--root", description = "a directory that the server may ask for files of")
    private List<String> roots = List.of();

    private DeviceApi open() {
      return new DeviceApi(api, key);
    }

    private Provisioning.Broker broker() {
      int colon = broker.lastIndexOf(':');
      String port = broker.substring(colon + 1);
      if (colon < 1 || !port.matches("\\d{1,5}")) {
        throw new IllegalArgumentException(
            "--broker is a host and a port, such as broker.example:8883, not " + broker);
      }
      String host = broker.substring(0, colon).replaceAll("^\\[|\\]$", "");
      return new Provisioning.Broker(host, Integer.parseInt(port), tls, topicPrefix);
    }

    private @Nullable String pem() throws IOException {
      return authorities == null ? null : Files.readString(authorities);
    }

    private String line(JsonNode answer, List<String> receiptKeys) throws IOException {
      JsonNode device = answer.path("device");
      return new Provisioning(
              UUID.fromString(device.path("tenant_id").asString()),
              project,
              UUID.fromString(device.path("device_id").asString()),
              device.path("device_code").asString(),
              answer.path("credential").path("credential_material").asString(),
              broker(),
              (deviceApi == null ? api : deviceApi).toString(),
              receiptKeys.isEmpty() ? null : new Provisioning.Receipt(receiptKeys, issuer),
              pem(),
              roots)
          .line();
    }
  }

  @Command(
      name = "register",
      description = "Makes a device known, and prints the line that its machine is provisioned by.",
      mixinStandardHelpOptions = true)
  void register(
      @Mixin Told told,
      @Option(names = "--code", required = true, description = "such as robot-17") String code,
      @Option(names = "--name", description = "for people; the code when not given")
          @Nullable String name,
      @Option(names = "--expires-in-seconds", description = "that its credential lasts; for ever")
          @Nullable Long expiresInSeconds)
      throws IOException, InterruptedException {
    told.broker();
    told.pem();
    try (DeviceApi api = told.open()) {
      List<String> keys = api.receiptKeys();
      tell(
          told.line(
              api.register(told.project, code, name == null ? code : name, expiresInSeconds),
              keys));
    }
  }

  @Command(
      name = "rotate",
      description = "Gives a device another credential, and prints the line for its machine.",
      mixinStandardHelpOptions = true)
  void rotate(
      @Mixin Told told,
      @Option(names = "--device", required = true, description = "its id") UUID device,
      @Option(
              names = "--overlap-seconds",
              defaultValue = "3600",
              description = "that the old credential lasts still (${DEFAULT-VALUE})")
          long overlapSeconds)
      throws IOException, InterruptedException {
    told.broker();
    told.pem();
    try (DeviceApi api = told.open()) {
      List<String> keys = api.receiptKeys();
      tell(told.line(api.rotate(told.project, device, overlapSeconds), keys));
    }
  }

  /** The line alone on stdout: it can be piped to where it is needed. */
  private static void tell(String line) {
    System.out.println(line);
    System.err.println(
        "paste this line into: waybill-agent provision -   It holds the credential, which is not"
            + " shown again.");
  }
}

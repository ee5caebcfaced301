package io.waybill.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One broker, one gateway on it, and a device for each way to come there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryWayFixture {
  final Plant plant = new Plant();
  final CommandsToDevices commands = new CommandsToDevices(plant);
  GuardedBroker broker;
  Gateway gateway;
  private Authority authority;

  /** Starts the broker; a test is skipped where there is none. */
  abstract GuardedBroker start(Path folder, Authority vouching);

  /** What must be installed for that. */
  abstract void assumePossible();

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    assumePossible();
    authority =
        Authority.made(
            Files.createDirectory(folder.resolve("authority")),
            Stream.of(Way.values())
                .filter(way -> way.transport == Way.Transport.MUTUAL)
                .map(Way::user)
                .toList());
    broker = start(Files.createDirectory(folder.resolve("broker")), authority);
    Stream.of(Way.values()).forEach(this::register);
    gateway = startGateway();
    gateway.ready().orTimeout(2, TimeUnit.MINUTES).join();
  }

  @AfterAll
  void close() {
    if (gateway != null) {
      gateway.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private Gateway startGateway() {
    return Gateway.start(
        new GatewaySettings(
            new GatewaySettings.Broker(
                "127.0.0.1",
                broker.port(Way.Transport.PLAIN),
                false,
                GuardedBroker.GATEWAY,
                Way.PASSWORD,
                GuardedBroker.GATEWAY,
                false),
            new Topics(Topics.DEFAULT_PREFIX),
            "test",
            GatewaySettings.Bounds.DEFAULT,
            "127.0.0.1",
            0),
        plant.useCases,
        new Gateway.Windows(plant.metrics, plant.metrics::scrape, List.of()));
  }

  private void register(Way way) {
    UUID id = way.owner().deviceId();
    Instant now = plant.time.instant();
    plant.addDevice(way.owner(), Standing.ACTIVE);
    plant.database.addDevice(
        "hash of " + id,
        new Device(
            id,
            Plant.TENANT,
            Plant.PROJECT,
            new Device.Profile(way.toString(), way.name(), null, Map.of()),
            DeviceStatus.ACTIVE,
            1,
            now,
            Device.Presence.UNKNOWN,
            1,
            now,
            now),
        new Credential(id, Plant.TENANT, id, 1, true, false, now, null));
  }

  /** Its device, with nothing left of an earlier session. */
  Robot come(Way way) {
    return come(way, false);
  }

  Robot come(Way way, boolean keepsSession) {
    String shows = way.transport == Way.Transport.MUTUAL ? way.user() : null;
    return come(way, door(way, broker.port(way.transport), shows), null, keepsSession);
  }

  /** Over this port of a wire to the broker, with a will for its presence. */
  Robot comeWithWill(Way way, int port, byte[] will) {
    String shows = way.transport == Way.Transport.MUTUAL ? way.user() : null;
    return come(way, door(way, port, shows), will, false);
  }

  /** As nobody should be let in. */
  Robot comeWrongly(Way way) {
    int port = broker.port(way.transport);
    return switch (way.transport) {
      case PLAIN -> come(way, door(way, port, null).sslConfig(authority.tls(null)), null, false);
      case TLS -> come(way, door(way, port, null).sslWithDefaultConfig(), null, false);
      case MUTUAL -> come(way, door(way, port, null), null, false);
    };
  }

  private MqttClientBuilder door(Way way, int port, @Nullable String shows) {
    MqttClientBuilder door =
        MqttClient.builder().identifier(way.user()).serverHost("127.0.0.1").serverPort(port);
    return way.transport == Way.Transport.PLAIN ? door : door.sslConfig(authority.tls(shows));
  }

  private static Robot come(
      Way way, MqttClientBuilder door, byte @Nullable [] will, boolean keepsSession) {
    return way.isFive
        ? Robot.five(five(way, door.useMqttVersion5(), will), way.owner(), keepsSession)
        : Robot.three(three(way, door.useMqttVersion3(), will), way.owner(), keepsSession);
  }

  private static String presence(Way way) {
    return new Topics(Topics.DEFAULT_PREFIX).of(way.owner(), Kind.PRESENCE);
  }

  private static Mqtt5ClientBuilder five(Way way, Mqtt5ClientBuilder door, byte @Nullable [] will) {
    Mqtt5ClientBuilder known =
        way.transport == Way.Transport.MUTUAL
            ? door
            : door.simpleAuth()
                .username(way.user())
                .password(Way.PASSWORD.getBytes(UTF_8))
                .applySimpleAuth();
    return will == null
        ? known
        : known.willPublish(
            Mqtt5Publish.builder()
                .topic(presence(way))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(will)
                .build());
  }

  private static Mqtt3ClientBuilder three(
      Way way, Mqtt3ClientBuilder door, byte @Nullable [] will) {
    Mqtt3ClientBuilder known =
        way.transport == Way.Transport.MUTUAL
            ? door
            : door.simpleAuth()
                .username(way.user())
                .password(Way.PASSWORD.getBytes(UTF_8))
                .applySimpleAuth();
    return will == null
        ? known
        : known.willPublish(
            Mqtt3Publish.builder()
                .topic(presence(way))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(will)
                .build());
  }
}

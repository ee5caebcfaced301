package io.waybill.gateway;

import com.hivemq.embedded.EmbeddedHiveMQ;
import io.waybill.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real broker with a door for each transport, for a gateway and the devices of every {@link Way}.
 *
 * @param ports of its doors
 * @param ending how it is ended
 */
record GuardedBroker(Ports ports, AutoCloseable ending) implements AutoCloseable {
  static final String GATEWAY = "waybill-gateway";
  private static final Path PRODUCTION = Path.of("../broker-config/mosquitto/production");

  /** Where each transport comes in. */
  record Ports(int plain, int tls, int mutual) {
    static Ports free() {
      return new Ports(FreePort.any(), FreePort.any(), FreePort.any());
    }

    List<Integer> all() {
      return List.of(plain, tls, mutual);
    }
  }

  int port(Way.Transport transport) {
    return switch (transport) {
      case PLAIN -> ports.plain();
      case TLS -> ports.tls();
      case MUTUAL -> ports.mutual();
    };
  }

  @Override
  public void close() {
    try {
      ending.close();
    } catch (Exception e) {
      throw new IllegalStateException("the broker does not stop", e);
    }
  }

  /** HiveMQ CE inside this process. It asks for certificates, and for no password. */
  static GuardedBroker embedded(Path folder, Authority authority) {
    Ports ports = Ports.free();
    try {
      Path configuration = Files.createDirectories(folder.resolve("conf"));
      Files.writeString(configuration.resolve("config.xml"), hiveMq(ports, authority));
      EmbeddedHiveMQ broker =
          EmbeddedHiveMQ.builder()
              .withConfigurationFolder(configuration)
              .withDataFolder(Files.createDirectories(folder.resolve("data")))
              .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
              .withoutLoggingBootstrap()
              .build();
      broker.start().get();
      return new GuardedBroker(ports, () -> broker.stop().get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the broker does not start", e);
    }
  }

  private static String hiveMq(Ports ports, Authority authority) {
    String tls =
        """
        <tls-tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address><tls>
          <keystore><path>%s</path><password>changeit</password>
            <private-key-password>changeit</private-key-password></keystore>
          <truststore><path>%s</path><password>changeit</password></truststore>
          <client-authentication-mode>%s</client-authentication-mode>
        </tls></tls-tcp-listener>
        """;
    Path keys = authority.keys("server");
    Path trusted = authority.trusted();
    return """
    <?xml version="1.0"?>
    <hivemq>
      <listeners>
        <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
        %s
        %s
      </listeners>
      <mqtt>
        <packets><max-packet-size>1048576</max-packet-size></packets>
        <receive-maximum><server-receive-maximum>1000</server-receive-maximum></receive-maximum>
      </mqtt>
      <persistence><mode>in-memory</mode></persistence>
      <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
    </hivemq>
    """
        .formatted(
            ports.plain(),
            tls.formatted(ports.tls(), keys, trusted, "NONE"),
            tls.formatted(ports.mutual(), keys, trusted, "REQUIRED"));
  }

  /** Debian's Mosquitto on the files of {@code broker-config/mosquitto/production}. */
  static GuardedBroker mosquitto(Path folder, Authority authority) {
    Ports ports = Ports.free();
    try {
      writeFiles(folder, folder.toString(), "127.0.0.1", ports, authority);
      Process process =
          new ProcessBuilder(TestBroker.MOSQUITTO.toString(), "-c", folder + "/mosquitto.conf")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("mosquitto.out").toFile())
              .start();
      GuardedBroker broker = new GuardedBroker(ports, () -> process.destroyForcibly().waitFor());
      broker.awaitOpen(process::isAlive, () -> text(folder.resolve("mosquitto.out")));
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same files in a container of this image. */
  static GuardedBroker container(String image, Path folder, Authority authority) {
    Ports ports = Ports.free();
    Ports inside = new Ports(1883, 8883, 8884);
    String name = "waybill-conformance-" + UUID.randomUUID();
    List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--name", name));
    try {
      writeFiles(folder, "/mosquitto/config", "0.0.0.0", inside, authority);
      // the image takes them for its own user, and whoever runs the tests removes them
      for (Path each : List.of(folder, folder.resolve("certs"), folder.resolve("waybill"))) {
        Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int n = 0; n < ports.all().size(); n++) {
      command.add("-p");
      command.add("127.0.0.1:" + ports.all().get(n) + ":" + inside.all().get(n));
    }
    command.addAll(List.of("-v", folder + ":/mosquitto/config", image));
    GuardedBroker broker =
        new GuardedBroker(ports, () -> Commands.run(List.of("docker", "rm", "-f", "-v", name)));
    Commands.run(command);
    broker.awaitOpen(() -> true, () -> Commands.run(List.of("docker", "logs", name)));
    return broker;
  }

  /** A broker that does not come is ended, and what it said is said. */
  private void awaitOpen(Callable<Boolean> isAlive, Supplier<String> said) {
    try {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .failFast(() -> !isAlive.call())
          .until(() -> ports.all().stream().allMatch(TestBroker::listens));
    } catch (RuntimeException e) {
      String words = said.get();
      close();
      throw new IllegalStateException("the broker does not listen; it said:\n" + words, e);
    }
  }

  private static void writeFiles(
      Path folder, String seenAs, String address, Ports ports, Authority authority)
      throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file :
        List.of("mosquitto.conf", "files.conf", "listener-tls.conf", "listener-mtls.conf")) {
      all.append(Files.readString(PRODUCTION.resolve(file)));
    }
    String settings =
        all.toString()
            .replaceAll("include_dir .*", "")
            .replaceAll("/etc/mosquitto|/var/(lib|log)/mosquitto|/run/mosquitto", seenAs)
            .replace("listener 8883", "listener " + ports.tls() + " " + address)
            .replace("listener 8884", "listener " + ports.mutual() + " " + address);
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        %s
        listener %d %s
        use_username_as_clientid true
        user %s
        """
            .formatted(
                settings,
                ports.plain(),
                address,
                seenAs.equals(folder.toString()) ? System.getProperty("user.name") : "root"));
    copy(authority, folder.resolve("certs"));
    writeUsers(Files.createDirectories(folder.resolve("waybill")));
  }

  /** Readable to whomever a container makes of itself: they vouch for nothing but a test. */
  private static void copy(Authority authority, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("ca.crt", "ca.crl", "server.crt", "server.key")) {
      Files.write(folder.resolve(name), Files.readAllBytes(authority.file(name)));
    }
  }

  private static void writeUsers(Path folder) throws IOException {
    Path passwords = Files.createFile(folder.resolve("passwords"));
    Stream.concat(Stream.of(GATEWAY), Stream.of(Way.values()).map(Way::user))
        .forEach(user ->
            Commands.run(
                List.of("mosquitto_passwd", "-b", passwords.toString(), user, Way.PASSWORD)));
    Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
    String own = "device/" + Plant.TENANT + "/%u/";
    Files.writeString(
        folder.resolve("acl"),
        "user "
            + GATEWAY
            + "\ntopic readwrite device/#\n"
            + patterns("write", own, "upload/request", "upload/command/result", "presence")
            + patterns("read", own, "upload/response/#", "upload/error", "upload/command"));
  }

  private static String patterns(String right, String own, String... topics) {
    return Stream.of(topics)
        .map(topic -> "pattern " + right + " " + own + topic + "\n")
        .reduce("", String::concat);
  }
}

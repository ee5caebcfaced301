package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * HiveMQ CE as a process of its own, with its own jars and none of ours, and the extension that
 * Maven has made in the folder that it loads extensions from: {@code broker-config/hivemq}.
 */
public final class HiveMq implements AutoCloseable {
  private static final Path FILES = Checkout.ROOT.resolve("broker-config/hivemq");
  private static final Path EXTENSION =
      Checkout.ROOT.resolve("hivemq-extension/target/waybill-hivemq/waybill");

  private final Program program;

  private HiveMq(Program program) {
    this.program = program;
  }

  /** With these lines of {@code waybill.properties} changed; returns when it listens. */
  public static HiveMq start(Path home, int port, Map<String, String> properties)
      throws IOException {
    Path extension = Files.createDirectories(home.resolve("extensions/waybill"));
    try (Stream<Path> files = Files.list(EXTENSION)) {
      for (Path file : files.toList()) {
        Files.copy(file, extension.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        extension.resolve("waybill.properties"),
        changed(Files.readString(FILES.resolve("waybill.properties")), properties));
    Files.writeString(
        Files.createDirectories(home.resolve("conf")).resolve("config.xml"), configuration(port));
    Program program =
        Program.start(
            new Program.Host(List.of(), ownJars()),
            home.resolve("out.log"),
            Map.of("HIVEMQ_HOME", home.toString()),
            "-Xmx256m",
            "com.hivemq.HiveMQServer",
            List.of());
    HiveMq broker = new HiveMq(program);
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .failFast("HiveMQ ended; see " + home, () -> !program.isAlive())
        .until(() -> Ports.isOpen(port));
    return broker;
  }

  /** What production has, on a listener without TLS, with sessions in memory. */
  private static String configuration(int port) throws IOException {
    return Files.readString(FILES.resolve("config.xml"), UTF_8)
        .replaceAll(
            "(?s)<tls-tcp-listener>.*</tls-tcp-listener>",
            "<tcp-listener><port>"
                + port
                + "</port><bind-address>127.0.0.1</bind-address>"
                + "</tcp-listener>")
        .replace("<mode>file</mode>", "<mode>in-memory</mode>");
  }

  private static String changed(String text, Map<String, String> properties) {
    return text.lines()
        .map(line -> {
          String key = line.replaceAll("=.*", "");
          return properties.containsKey(key) ? key + "=" + properties.get(key) : line;
        })
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** An administrator's broker has nothing of ours on its class path. */
  private static String ownJars() {
    return Stream.of(Program.Host.OURS.classPath().split(File.pathSeparator))
        .filter(jar -> !jar.startsWith(Checkout.ROOT.toString()) && !jar.contains("io/waybill"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What it and its extension have said. */
  public String output() {
    return program.output();
  }

  @Override
  public void close() {
    program.close();
  }
}

package io.waybill.acceptance.site;

import io.waybill.allinone.stack.Service;
import io.waybill.allinone.stack.Stack;
import io.waybill.allinone.stack.StackPlan;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An installation: real PostgreSQL, a real broker and a real object store, and every program a
 * process of its own that can be killed. Clients reach the store through a {@link StoreRelay},
 * which sees what is sent. Closing ends all of it.
 */
public final class Site implements AutoCloseable {
  private final Path folder;
  private final Stack backing;
  private final StoreRelay relay;
  private final List<AutoCloseable> running = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger logs = new AtomicInteger();
  private final int httpPort;

  private Site(Path folder, Stack backing, StoreRelay relay, int httpPort) {
    this.folder = folder;
    this.backing = backing;
    this.relay = relay;
    this.httpPort = httpPort;
  }

  /** Starts the backing parts below the folder, migrated and seeded, with the embedded broker. */
  public static Site open(Path folder) {
    return open(folder, Map.of());
  }

  /** The same on Debian's Mosquitto, as {@code broker-config/mosquitto} sets it up. */
  public static Site openOnMosquitto(Path folder) {
    Mosquitto broker = Mosquitto.start(folder.resolve("mosquitto.log"));
    Site site = openOn(broker, folder);
    site.running.add(broker);
    return site;
  }

  /** The same on a broker that the test starts, kills and closes itself. */
  public static Site openOn(Mosquitto broker, Path folder) {
    return openOn(broker.port(), folder);
  }

  /** The same on whatever broker will listen there. */
  public static Site openOn(int brokerPort, Path folder) {
    return open(folder, Map.of(MqttSetting.HOST, "127.0.0.1", MqttSetting.PORT, "" + brokerPort));
  }

  /** With the embedded broker, and for pages of this origin besides the console's own. */
  public static Site openFor(URI origin, Path folder) {
    return open(folder, Map.of(HttpSetting.CORS_ORIGINS, origin.toString()));
  }

  private static Site open(Path folder, Map<Setting, String> configured) {
    int httpPort = Ports.free();
    Map<Setting, String> settings = new HashMap<>(configured);
    settings.merge(
        HttpSetting.CORS_ORIGINS, "http://127.0.0.1:" + httpPort, (more, own) -> more + "," + own);
    StackPlan plan =
        new StackPlan(
            folder.resolve("data"),
            EnumSet.of(Service.POSTGRES, Service.STORAGE, Service.BROKER),
            new StackPlan.Ports(0, 0, 0, 0, 0),
            Configuration.load(Map.of(), folder).with(settings));
    Stack backing = Stack.start(plan, line -> {});
    URI store = URI.create(backing.configuration().text(StorageSetting.ENDPOINT));
    return new Site(folder, backing, StoreRelay.to(store.getPort()), httpPort);
  }

  /** What a program must be told to find this installation. */
  public Configuration configuration() {
    return backing
        .configuration()
        .with(
            Map.of(
                StorageSetting.PUBLIC_ENDPOINT,
                relay.address().toString(),
                HttpSetting.PORT,
                "" + httpPort));
  }

  /** {@link #configuration} as environment variables; further ones are a test's to add. */
  public Map<String, String> environment() {
    Configuration configuration = configuration();
    Map<String, String> environment = new HashMap<>();
    for (Setting setting : Setting.all()) {
      if (configuration.isConfigured(setting)) {
        environment.put(setting.variable(), configuration.text(setting));
      }
    }
    return environment;
  }

  /** Starts the HTTP API with its workers; returns when it is ready. */
  public Program controlApi() {
    return controlApi(Map.of());
  }

  /** The same with more environment variables. */
  public Program controlApi(Map<String, String> more) {
    return server("control-api", httpPort, more);
  }

  /** Starts one more HTTP API on the same database; answers where it is when it is ready. */
  public URI anotherControlApi() {
    int port = Ports.free();
    controlApi(port, Map.of());
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The same on this port, with more environment variables; returns when it is ready. */
  public Program controlApi(int port, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(HttpSetting.PORT.variable(), "" + port);
    return server("control-api", port, environment);
  }

  /** Starts a gateway of this client id; returns when it serves requests. */
  public Program gateway(String clientId) {
    return gateway(clientId, Map.of());
  }

  /** The same with more environment variables. */
  public Program gateway(String clientId, Map<String, String> more) {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(more);
    environment.put(MqttSetting.CLIENT_ID.variable(), clientId);
    environment.put(GatewaySetting.HTTP_PORT.variable(), "" + port);
    return server("gateway", port, environment);
  }

  /** Starts a process of workers alone; returns when it is ready. */
  public Program worker() {
    return worker(Map.of());
  }

  /** The same with more environment variables. */
  public Program worker(Map<String, String> more) {
    int port = Ports.free();
    Map<String, String> environment = new HashMap<>(more);
    environment.put(WorkerSetting.HTTP_PORT.variable(), "" + port);
    return server("worker", port, environment);
  }

  private Program server(String command, int port, Map<String, String> more) {
    Map<String, String> environment = environment();
    environment.putAll(more);
    Program program =
        Program.start(
            Program.Host.server(),
            log(command),
            environment,
            "-Xmx128m",
            "io.waybill.server.Main",
            List.of(command));
    running.add(program);
    program.awaitReady(port);
    return program;
  }

  /** Starts a command for operators, as {@code doctor}, with more environment variables. */
  public Program command(Map<String, String> more, String... arguments) {
    Map<String, String> environment = environment();
    environment.putAll(more);
    return Program.start(
        log("command"), environment, "-Xmx128m", "io.waybill.server.Main", List.of(arguments));
  }

  /**
   * Starts the device agent as robot-17 with its state in the folder; {@code more} overrides
   * variables.
   */
  public Program agent(Path state, Map<String, String> more, String... arguments) {
    Program program =
        Program.start(
            log("agent"),
            agentEnvironment(state, more),
            "-Xmx32m",
            "io.waybill.agent.Main",
            List.of(arguments));
    running.add(program);
    return program;
  }

  /** What an agent must be told to be robot-17 here. */
  public Map<String, String> agentEnvironment(Path state, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    for (Setting setting : List.of(MqttSetting.HOST, MqttSetting.PORT)) {
      environment.put(setting.variable(), configuration().text(setting));
    }
    environment.put("WAYBILL_AGENT_STATE_DIR", state.toString());
    environment.put("WAYBILL_API_URL", api().toString());
    environment.putAll(more);
    return environment;
  }

  /** Where the HTTP API is, or will be. */
  public URI api() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** The client's road to the store, and what went over it. */
  public StoreRelay store() {
    return relay;
  }

  /** The rows behind it all. */
  public Database database() {
    return new Database(configuration());
  }

  /** What became of an upload. */
  public Inspector inspector() {
    return new Inspector(database(), api());
  }

  /** Where programs write what they have to say. */
  public Path logs() {
    return folder;
  }

  /** Where the store keeps the objects of its bucket as files. */
  public Path storeFolder() {
    return folder
        .resolve("data/storage/buckets")
        .resolve(configuration().text(StorageSetting.BUCKET));
  }

  private Path log(String program) {
    return folder.resolve(program + "-" + logs.incrementAndGet() + ".log");
  }

  @Override
  public void close() {
    try {
      for (AutoCloseable part : running.reversed()) {
        part.close();
      }
      relay.close();
      backing.close();
    } catch (Exception e) {
      throw new IllegalStateException("a part of the site does not stop", e);
    }
  }
}

package io.waybill.benchmarks.database;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.allinone.embedded.EmbeddedBroker;
import io.waybill.benchmarks.load.Mosquitto;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.work.Ports;
import io.waybill.gateway.Gateway;
import io.waybill.gateway.GatewaySettings;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.UuidV7;
import io.waybill.workers.Alarm;
import io.waybill.workers.Watch;
import io.waybill.workers.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Events of the outbox to a broker, beside a bare publisher of the same messages through the same
 * broker: database, broker, relay and publisher in turns on one machine.
 */
public final class OutboxReport {
  private static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final String ROBOT = "0190a000-0000-7000-8000-000000000017";
  private static final String TOPIC = "device/%s/%s/upload/event".formatted(TENANT, ROBOT);
  private static final int IN_FLIGHT = 1000;
  private static final int PER_COMMIT = 500;
  private static final byte[] MESSAGE = new byte[420];

  private final PostgresUnitOfWork work;
  private final int brokerPort;
  private final InstantSource time = InstantSource.system();
  private final UuidV7 ids = new UuidV7(time);

  private OutboxReport(PostgresUnitOfWork work, int brokerPort) {
    this.work = work;
    this.brokerPort = brokerPort;
  }

  /**
   * Measures and prints.
   *
   * @param arguments the checkout, events in a run, runs, and {@code mosquitto} where it is not to
   *     be the embedded broker
   */
  public static void main(String[] arguments) throws Exception {
    int events = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
    int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
    Path directory = Files.createTempDirectory("outbox-report");
    if (arguments.length > 3 && arguments[3].equals("mosquitto")) {
      try (Mosquitto broker =
          Mosquitto.start(Path.of(arguments[0]), directory, TENANT.toString())) {
        measure(broker.port(), events, runs);
      }
    } else {
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(
              EmbeddedBroker.Settings.development(
                  directory, 0, (device, credential) -> Optional.empty()))) {
        measure(broker.port(), events, runs);
      }
    }
    System.exit(0);
  }

  private static void measure(int brokerPort, int events, int runs) throws Exception {
    try (Server server = Server.start(8);
        PostgresUnitOfWork work = PostgresUnitOfWork.open(server.settings(), CommitListener.NONE)) {
      OutboxReport report = new OutboxReport(work, brokerPort);
      System.out.println("| run | bare publisher, messages/s | outbox, events/s | ratio |");
      System.out.println("|---|---|---|---|");
      for (int run = 0; run <= runs; run++) {
        double bare = report.bare(events);
        double told = report.outbox(events);
        System.out.printf(
            "| %s | %.0f | %.0f | %.2f |%n",
            run == 0 ? "warm-up" : "" + run, bare, told, told / bare);
      }
    }
  }

  private double bare(int messages) throws InterruptedException {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("waybill-gateway-bare")
            .serverHost("127.0.0.1")
            .serverPort(brokerPort)
            .simpleAuth()
            .username("waybill-gateway")
            .password("wb_dev_gateway_local_only".getBytes(StandardCharsets.UTF_8))
            .applySimpleAuth()
            .buildAsync();
    client.connect().join();
    Semaphore free = new Semaphore(IN_FLIGHT);
    long began = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      free.acquire();
      var _ =
          client
              .publishWith()
              .topic(TOPIC)
              .qos(MqttQos.AT_LEAST_ONCE)
              .payload(MESSAGE)
              .send()
              .whenComplete((done, problem) -> free.release());
    }
    free.acquire(IN_FLIGHT);
    double rate = messages / ((System.nanoTime() - began) / 1e9);
    client.disconnect().join();
    return rate;
  }

  private double outbox(int events) {
    for (int written = 0; written < events; written += PER_COMMIT) {
      write(PER_COMMIT);
    }
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    UseCases cases = cases();
    GatewaySettings settings =
        GatewaySettings.local(
                new GatewaySettings.Broker(
                    "127.0.0.1",
                    brokerPort,
                    false,
                    "waybill-gateway",
                    "wb_dev_gateway_local_only",
                    "waybill-gateway-relay",
                    false))
            .withProbePort(0);
    try (Gateway gateway =
        Gateway.start(settings, cases, new Gateway.Windows(registry, type -> "", List.of()))) {
      gateway.ready().join();
      long began = System.nanoTime();
      try (Workers _ =
          Workers.relay(
              cases,
              gateway.eventSink(),
              Duration.ofSeconds(1),
              new Alarm(),
              Watch.counting(registry))) {
        while (registry.counter("outbox_events_delivered", "sink", "mqtt").count() < events) {
          LockSupport.parkNanos(1_000_000);
        }
        return events / ((System.nanoTime() - began) / 1e9);
      }
    }
  }

  private void write(int many) {
    List<OutboxEvent> events = new ArrayList<>(many);
    for (int i = 0; i < many; i++) {
      events.add(event());
    }
    int _ =
        work.<Integer>commit(tx -> {
          tx.events().append(new Facts(List.of(), List.of(), events));
          return many;
        });
  }

  private OutboxEvent event() {
    return new OutboxEvent(
        ids.next(),
        TENANT,
        null,
        "upload_session",
        ids.next(),
        1,
        "upload.completed",
        time.instant(),
        Map.of(
            "status",
            "COMPLETED",
            "source_device_id",
            ROBOT,
            "project_id",
            TENANT.toString(),
            "dataset_id",
            ids.next().toString()));
  }

  private UseCases cases() {
    Ports<Stores> ports =
        new Ports<>(
            work,
            new MemoryObjectStore(Set.of()),
            new MemorySigner(),
            ids,
            time,
            new MemoryHeartbeat());
    return UseCases.over(ports, UseCases.Settings.DEFAULT);
  }
}

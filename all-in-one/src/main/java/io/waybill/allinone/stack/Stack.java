package io.waybill.allinone.stack;

import io.waybill.allinone.embedded.EmbeddedBroker;
import io.waybill.allinone.embedded.EmbeddedPostgres;
import io.waybill.allinone.embedded.EmbeddedStore;
import io.waybill.allinone.embedded.PostgresWatch;
import io.waybill.core.app.CommitListener;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.wiring.Backbone;
import io.waybill.server.wiring.ConfiguredDatabase;
import io.waybill.server.wiring.ControlApiProcess;
import io.waybill.server.wiring.DevelopmentSeeding;
import io.waybill.server.wiring.GatewayProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Everything that runs, and how to reach it. Closing stops it in the reverse order. */
public final class Stack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final StackPlan plan;
  private final Consumer<String> progress;
  private final Map<Service, AutoCloseable> running = new EnumMap<>(Service.class);
  private final Map<Setting, String> found = new HashMap<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  private Stack(StackPlan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Starts what the plan wants and nobody has configured; returns when all of it is ready, and
   * leaves nothing running when it throws.
   *
   * @param progress is told what has been done, as a line for a person
   */
  public static Stack start(StackPlan plan, Consumer<String> progress) {
    Stack stack = new Stack(plan, progress);
    try {
      stack.startBackingParts();
      stack.prepareDatabase();
      stack.startPrograms();
      return stack;
    } catch (RuntimeException | Error e) {
      stack.closeAfter(e);
      throw e;
    }
  }

  /** What failed first is what a person must hear of. */
  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  /** The configuration with which others reach this stack. */
  public synchronized Configuration configuration() {
    return plan.configuration().with(found);
  }

  /** Whether this process runs the part, rather than somebody else. */
  public synchronized boolean runs(Service service) {
    return running.containsKey(service);
  }

  /** Done, with the reason, when a part can never work again. */
  public CompletableFuture<String> ended() {
    return ended;
  }

  /** Database, store and broker need nothing of each other until somebody connects. */
  private void startBackingParts() {
    CompletableFuture<Void> postgres = async(Service.POSTGRES, this::startPostgres);
    CompletableFuture<Void> storage = async(Service.STORAGE, this::startStorage);
    CompletableFuture<Void> broker = async(Service.BROKER, () -> startBroker(postgres));
    await(List.of(postgres, storage, broker));
  }

  private CompletableFuture<Void> async(Service service, Runnable start) {
    if (!plan.starts(service)) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.runAsync(start, THREADS);
  }

  private void startPostgres() {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(new Parts(plan).postgres());
    started(Service.POSTGRES, postgres, Map.of(DatabaseSetting.URL, postgres.jdbcUrl()));
    PostgresWatch.over(postgres, progress, ended::complete);
  }

  private void startStorage() {
    EmbeddedStore store = EmbeddedStore.start(new Parts(plan).storage());
    started(Service.STORAGE, store, Map.of(StorageSetting.ENDPOINT, store.endpoint().toString()));
  }

  private void startBroker(CompletableFuture<Void> postgres) {
    CompletableFuture<Backbone> registry =
        postgres.thenApply(ready -> Backbone.forDevices(ofServices(), CommitListener.NONE));
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            new Parts(plan)
                .broker((device, credential) ->
                    new RegistryDirectory(registry.join().ports()).tenantOf(device, credential)));
    AutoCloseable both =
        () -> {
          broker.close();
          if (!registry.isCompletedExceptionally()) {
            registry.join().close();
          }
        };
    started(
        Service.BROKER,
        both,
        Map.of(MqttSetting.HOST, "127.0.0.1", MqttSetting.PORT, "" + broker.port()));
  }

  private void prepareDatabase() {
    boolean isNeeded = plan.services().stream().anyMatch(service -> service != Service.STORAGE);
    if (!isNeeded) {
      return;
    }
    Configuration configuration = configuration();
    String role = new Parts(plan).serviceRole(runs(Service.POSTGRES));
    int applied = ConfiguredDatabase.migrate(configuration, role);
    DevelopmentSeeding.load(configuration);
    progress.accept(
        applied == 0 ? "schema is current" : "schema migrated (" + applied + " steps) and seeded");
  }

  private Configuration ofServices() {
    return new Parts(plan).ofServices(configuration(), runs(Service.POSTGRES));
  }

  private void startPrograms() {
    if (plan.services().contains(Service.CONTROL_API)) {
      ControlApiProcess api =
          ControlApiProcess.start(
              ofServices().with(Map.of(HttpSetting.PORT, "" + plan.ports().http())));
      started(Service.CONTROL_API, api, Map.of(HttpSetting.PORT, "" + api.port()));
    }
    if (plan.services().contains(Service.GATEWAY)) {
      GatewayProcess gateway =
          GatewayProcess.start(
              ofServices().with(Map.of(GatewaySetting.HTTP_PORT, "" + plan.ports().gateway())));
      started(Service.GATEWAY, gateway, Map.of(GatewaySetting.HTTP_PORT, "" + gateway.probePort()));
      awaitSubscription(gateway);
      var _ = gateway.ended().thenAccept(reason -> outlive(gateway, reason));
    }
  }

  /** Devices of other gateways, browsers and running uploads still need all the rest. */
  private void outlive(GatewayProcess gateway, String reason) {
    synchronized (this) {
      if (running.remove(Service.GATEWAY) == null) {
        return; // it was told to stop
      }
    }
    progress.accept("the gateway has ended: " + reason);
    progress.accept("everything else goes on; to have one again: ./waybill gateway");
    gateway.close();
  }

  private void awaitSubscription(GatewayProcess gateway) {
    try {
      CompletableFuture.anyOf(gateway.ready(), gateway.ended())
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (gateway.ended().isDone()) {
        throw new StartupFailure("the gateway has ended: " + gateway.ended().join());
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new StartupFailure(
          "the gateway does not reach the broker at %s:%s"
              .formatted(
                  configuration().text(MqttSetting.HOST), configuration().text(MqttSetting.PORT)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("interrupted while the gateway starts", e);
    }
  }

  private void started(Service service, AutoCloseable part, Map<Setting, String> addresses) {
    synchronized (this) {
      running.put(service, part);
      found.putAll(addresses);
    }
    progress.accept(service.label() + " is up");
  }

  /** Waits for all, so that what has started is known and can be stopped; then fails if one did. */
  private static void await(List<CompletableFuture<Void>> parts) {
    List<RuntimeException> failures = new ArrayList<>();
    for (CompletableFuture<Void> part : parts) {
      try {
        part.join();
      } catch (CompletionException e) {
        failures.add(
            e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e));
      }
    }
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> parts;
    synchronized (this) {
      parts = new ArrayList<>(running.values()).reversed();
      running.clear();
    }
    RuntimeException failure = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        failure = failure == null ? new StartupFailure("a part did not stop: " + e, e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

package io.waybill.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.memory.SequentialIds;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.HoldStatus;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Limits;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.doors.JsonSchemas;
import io.waybill.doors.Readiness;
import io.waybill.doors.receipt.JwsReceipts;
import io.waybill.doors.receipt.ReceiptKeys;
import io.waybill.wire.Topics;
import io.waybill.wire.Topics.Owner;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The core on plain maps, with two robots, and with faults at hand. */
final class Plant {

  static final UUID TENANT = id(1);
  static final UUID PROJECT = id(2);
  static final Owner ROBOT_17 = new Owner(TENANT, id(0x17));
  static final Owner ROBOT_18 = new Owner(TENANT, id(0x18));
  static final Owner DISABLED = new Owner(TENANT, id(0x19));
  static final Owner OTHER_TENANTS = new Owner(id(0xa1), id(0x17));
  static final long PART = 5L << 20;
  private static final KeyPair RECEIPT_KEY =
      ReceiptKeys.signing("MC4CAQAwBQYDK2VwBCIEINvJkf1yhT6CanlL+qO+CXmYSZ/+jK90qNyM7afVEtKS");

  final ManualTime time = new ManualTime(Instant.parse("2026-11-23T10:00:00Z"));
  final MemoryDatabase database = new MemoryDatabase();
  final FaultyWork work = new FaultyWork(database);
  final MemoryObjectStore parts = new MemoryObjectStore(Set.of("robot-data"));
  final FaultyStore store = new FaultyStore(parts);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final UseCases useCases =
      UseCases.over(
          new Ports<>(
              work, store, new MemorySigner(), new SequentialIds(), time, new MemoryHeartbeat()),
          new UseCases.Settings(Limits.standard(), Duration.ZERO, "default", new JsonSchemas())
              .sealing(new JwsReceipts("waybill", RECEIPT_KEY, List.of())));

  Plant() {
    database.addPolicy(
        TENANT,
        new StoragePolicy(
            id(3),
            "default",
            "robot-data",
            PART,
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofDays(30),
            Set.of(),
            false));
    database.addProject(
        new Project(
            PROJECT,
            TENANT,
            id(3),
            "line-3",
            "Line 3",
            null,
            ProjectStatus.ACTIVE,
            Map.of(),
            1,
            time.instant(),
            time.instant(),
            null));
    addDevice(ROBOT_17, Standing.ACTIVE);
    addDevice(ROBOT_18, Standing.ACTIVE);
    addDevice(DISABLED, Standing.INACTIVE);
  }

  void addDevice(Owner owner, Standing standing) {
    database.addDevice(
        "hash-" + owner.deviceId(),
        new Identity(
            owner.tenantId(),
            SubjectKind.DEVICE,
            owner.deviceId(),
            "robot-" + owner.deviceId().toString().substring(34),
            standing,
            DeviceAccess.to(PROJECT)));
  }

  Gateway gateway(TestBroker broker, String clientId) {
    return gateway(broker.port(), clientId, GatewaySettings.Bounds.DEFAULT);
  }

  Gateway gateway(int port, String clientId, GatewaySettings.Bounds bounds) {
    return Gateway.start(
        new GatewaySettings(
            new GatewaySettings.Broker("127.0.0.1", port, false, null, null, clientId, false),
            new Topics(Topics.DEFAULT_PREFIX),
            "test",
            bounds,
            "127.0.0.1",
            0),
        useCases,
        new Gateway.Windows(
            metrics, metrics::scrape, List.of(new Readiness.Check("database", () -> {}))));
  }

  static UUID id(int last) {
    return new UUID(0x0190a00000007000L, 0x8000000000000000L | last);
  }

  /** A database that can be away. */
  static final class FaultyWork implements Work<Stores> {
    private final Work<Stores> inner;
    final AtomicInteger outages = new AtomicInteger();
    final AtomicInteger asked = new AtomicInteger();
    volatile @Nullable CountDownLatch gate;

    FaultyWork(Work<Stores> inner) {
      this.inner = inner;
    }

    private void mayFail() {
      asked.incrementAndGet();
      CountDownLatch shut = gate;
      if (shut != null) {
        try {
          shut.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      if (outages.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw Outage.database("away", new IllegalStateException("on purpose"));
      }
    }

    @Override
    public <T> Verdict<T> write(Function<? super Stores, Verdict<T>> work) {
      mayFail();
      return inner.write(work);
    }

    @Override
    public <T> T read(Function<? super Stores, T> work) {
      mayFail();
      return inner.read(work);
    }
  }

  /** A store that can be slow, away, or the place where a process dies. */
  static final class FaultyStore implements ObjectStore {
    private final ObjectStore inner;
    volatile @Nullable CountDownLatch gate;
    volatile Runnable asked = () -> {};
    volatile boolean isAway;
    volatile boolean isDeadly;

    FaultyStore(ObjectStore inner) {
      this.inner = inner;
    }

    private void mayFail() {
      asked.run();
      if (isDeadly) {
        throw new Halted();
      }
      CountDownLatch shut = gate;
      if (shut != null) {
        try {
          shut.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      if (isAway) {
        throw Outage.storage("away", new IllegalStateException("on purpose"));
      }
    }

    @Override
    public List<CreateOutcome> createUploads(List<NewUpload> uploads) {
      try {
        mayFail();
        return inner.createUploads(uploads);
      } catch (Outage.Storage outage) {
        return uploads.stream()
            .<CreateOutcome>map(u -> new CreateOutcome.Unavailable(outage))
            .toList();
      }
    }

    @Override
    public ListOutcome listParts(ObjectLocation location, String uploadId) {
      mayFail();
      return inner.listParts(location, uploadId);
    }

    @Override
    public CompleteOutcome complete(
        ObjectLocation location, String uploadId, List<StoredPart> parts) {
      mayFail();
      return inner.complete(location, uploadId, parts);
    }

    @Override
    public Optional<StoredObject> head(ObjectLocation location) {
      mayFail();
      return inner.head(location);
    }

    @Override
    public AbortOutcome abort(ObjectLocation location, String uploadId) {
      mayFail();
      return inner.abort(location, uploadId);
    }

    @Override
    public void delete(ObjectLocation location, @Nullable String versionId, LockBypass bypass) {
      mayFail();
      inner.delete(location, versionId, bypass);
    }

    @Override
    public void hold(ObjectLocation location, @Nullable String versionId, HoldStatus status) {
      mayFail();
      inner.hold(location, versionId, status);
    }

    @Override
    public CopyOutcome copy(CopySource source, NewUpload target) {
      mayFail();
      return inner.copy(source, target);
    }

    @Override
    public void check(String endpointRef, String bucket) {
      mayFail();
    }
  }

  /** The end of a process, as far as one thread can tell. */
  static final class Halted extends Error {
    private static final long serialVersionUID = 1L;
  }
}

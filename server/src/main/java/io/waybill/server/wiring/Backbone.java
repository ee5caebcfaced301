package io.waybill.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.access.Admission;
import io.waybill.core.access.UserTokens;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.recovery.usecase.RecoverDatasets;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.WatchedObjectStore;
import io.waybill.core.trace.Tracer;
import io.waybill.core.upload.usecase.CountStandingStill;
import io.waybill.core.upload.usecase.Describe;
import io.waybill.core.upload.usecase.SweepUploads;
import io.waybill.core.validation.usecase.ValidateDatasets;
import io.waybill.core.work.Ports;
import io.waybill.doors.JsonSchemas;
import io.waybill.doors.Readiness;
import io.waybill.postgres.DevelopmentSeed;
import io.waybill.postgres.OutboxListener;
import io.waybill.postgres.PostgresSettings;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.ThreadHeartbeat;
import io.waybill.postgres.UuidV7;
import io.waybill.s3.RetryPolicy;
import io.waybill.s3.RetryingObjectStore;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Probe;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import io.waybill.server.tracing.Tracing;
import io.waybill.validators.child.IsolatedInspector;
import io.waybill.validators.reading.InspectionLimits;
import io.waybill.workers.BytesPerSecond;
import io.waybill.workers.StorageWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What every server process stands on: the configured database and store behind the ports. */
public final class Backbone implements AutoCloseable {
  /** The storage endpoint that the settings of storage are about; further ones have a file. */
  public static final String ENDPOINT_REF = UseCases.Settings.DEFAULT.installation().endpointRef();

  private static final Duration DEVICES_WAIT = Duration.ofSeconds(1);
  private static final Duration OPERATORS_WAIT = Duration.ofMinutes(30);
  private static final Duration DEVICES_ANSWER_WAIT = Duration.ofMillis(1750);
  private static final RetryPolicy DEVICES_RETRY =
      new RetryPolicy(
          Duration.ofMillis(500), RetryPolicy.DEFAULT.slowDown(), RetryPolicy.DEFAULT.fault());

  private final PostgresUnitOfWork work;
  private final Storage storage;
  private final Ports<Stores> ports;
  private final Configuration configuration;
  private final Tracing tracing;

  /** The stores, and how they are reached. */
  private record Storage(S3ObjectStore objects, S3Settings settings) {}

  private Backbone(
      PostgresUnitOfWork work,
      Storage storage,
      Ports<Stores> ports,
      Configuration configuration,
      Tracing tracing) {
    this.work = work;
    this.storage = storage;
    this.ports = ports;
    this.configuration = configuration;
    this.tracing = tracing;
  }

  private static Ports<Stores> ports(PostgresUnitOfWork work, ObjectStore storage, S3Settings s3) {
    InstantSource time = InstantSource.system();
    return new Ports<>(
        work, storage, new SigV4UrlSigner(s3), new UuidV7(time), time, new ThreadHeartbeat());
  }

  /**
   * The same, counting its calls of storage and its use of connections, and this process.
   *
   * @param program what this process is called where traces are looked at
   */
  Backbone measured(MeterRegistry registry, String program) {
    Tracing told = Traces.of(configuration, program, registry);
    Vitals.watch(registry, work::poolUse);
    ObjectStore store = new MeteredObjectStore(ports.store(), registry, told.tracer());
    PostgresUnitOfWork traced = work.tracedBy(told.tracer());
    return new Backbone(traced, storage, ports.on(traced, store), configuration, told);
  }

  /**
   * The same for what nobody waits for, on half of the connections: with all of them it is little
   * faster, and whoever asks for a URL meanwhile waits sixteen times as long.
   */
  Backbone inBackground() {
    PostgresSettings database = ConfiguredDatabase.of(configuration);
    int half = Math.max(2, database.poolSize() / 2);
    int most = Math.max(1, Math.min(half, database.poolSize() - 1));
    return new Backbone(
        work,
        storage,
        ports.on(new FewAtOnce<>(ports.work(), most, database.connectionWait()), ports.store()),
        configuration,
        tracing);
  }

  /** Opens pools; neither the database nor the store need be reachable yet. */
  public static Backbone open(Configuration configuration, CommitListener listener) {
    return open(configuration, listener, ConfiguredDatabase.of(configuration), RetryPolicy.DEFAULT);
  }

  /**
   * The same for those whom devices wait for: no try waits longer than 2.75 s for the database, and
   * storage that does not answer is not tried for long, so that an answer that says "later" leaves
   * in time.
   */
  public static Backbone forDevices(Configuration configuration, CommitListener listener) {
    return open(
        configuration,
        listener,
        ConfiguredDatabase.of(configuration)
            .withConnectionWait(DEVICES_WAIT)
            .withAnswerWait(DEVICES_ANSWER_WAIT),
        DEVICES_RETRY);
  }

  /** The same for an operator's command, whose statements take the time they take. */
  public static Backbone patient(Configuration configuration) {
    return open(
        configuration,
        CommitListener.NONE,
        ConfiguredDatabase.of(configuration).withAnswerWait(OPERATORS_WAIT),
        RetryPolicy.DEFAULT);
  }

  private static Backbone open(
      Configuration configuration,
      CommitListener listener,
      PostgresSettings database,
      RetryPolicy retry) {
    S3Settings s3 = StorageEndpoints.of(configuration);
    PostgresUnitOfWork work = PostgresUnitOfWork.notifying(database, listener);
    S3ObjectStore storage = new S3ObjectStore(s3);
    ObjectStore watched =
        new WatchedObjectStore(storage, StorageEndpoints.strain(configuration), System::nanoTime);
    return new Backbone(
        work,
        new Storage(storage, s3),
        ports(work, new RetryingObjectStore(watched, retry), s3),
        configuration,
        Tracing.NONE);
  }

  /** Is told where the time of this process goes. */
  Tracer tracer() {
    return tracing.tracer();
  }

  public Ports<Stores> ports() {
    return ports;
  }

  /** Every use case over these ports, where people have no tokens. */
  public UseCases useCases() {
    return useCases(UserTokens.NONE);
  }

  /** The same for people with these tokens. */
  UseCases useCases(UserTokens tokens) {
    return UseCases.over(
        ports,
        new UseCases.Settings(
            ConfiguredLimits.of(configuration),
            Authenticate.LONGEST_CACHE,
            new Describe.Installation(
                ENDPOINT_REF,
                SeedWatch.of(configuration),
                DevelopmentSeed.API_KEY,
                People.signIn(configuration)),
            new JsonSchemas(),
            new Admission(
                configuration.number(LimitSetting.FAILED_AUTHENTICATIONS, 1, 100_000), tokens),
            storage.settings().directory(),
            Receipts.of(configuration),
            Webhooks.of(configuration)));
  }

  /** What the configured stores do: tried, and written down. */
  public ProbeStorage probing() {
    return new ProbeStorage(ports, storage.settings().directory(), new S3Probe(storage.settings()));
  }

  /** Has this run whenever the outbox may have something new, whichever process has written it. */
  OutboxListener listening(Runnable onNews) {
    return OutboxListener.start(ConfiguredDatabase.forListening(configuration), onNews);
  }

  /** What looks into what is stored, before anybody may use it. */
  public ValidateDatasets validation() {
    return new ValidateDatasets(
        ports,
        storage.objects().reader(RetryPolicy.DEFAULT),
        new IsolatedInspector(InspectionLimits.DEFAULT),
        BytesPerSecond.of(
            configuration.largeNumber(WorkerSetting.SUM_BYTES_PER_SECOND, 0, Long.MAX_VALUE)));
  }

  /** What workers do with the stores themselves. */
  StorageWork storageWork() {
    return new StorageWork(
        probing(),
        validation(),
        new RecoverDatasets(ports, storage.objects().storedObjects(RetryPolicy.DEFAULT)),
        new SweepUploads(ports, storage.objects().unfinishedUploads(RetryPolicy.DEFAULT)),
        new CountStandingStill(ports, ConfiguredLimits.purgeAge(configuration)));
  }

  /** Asks the database something small; throws when it does not answer. */
  public void checkDatabase() {
    work.check();
  }

  /** Asks the store for the bucket; throws when it does not answer or has none. */
  public void checkStorage() {
    ports.store().check(ENDPOINT_REF, configuration.text(StorageSetting.BUCKET));
  }

  /** What every server process must reach to be ready. */
  List<Readiness.Check> checks() {
    return List.of(
        new Readiness.Check("database", this::checkDatabase),
        new Readiness.Check("storage", this::checkStorage));
  }

  @Override
  public void close() {
    storage.objects().close();
    work.close();
    tracing.close();
  }
}

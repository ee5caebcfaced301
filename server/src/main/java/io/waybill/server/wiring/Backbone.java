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
import io.waybill.core.upload.usecase.CountStandingStill;
import io.waybill.core.upload.usecase.Describe;
import io.waybill.core.upload.usecase.SweepUploads;
import io.waybill.core.validation.usecase.ValidateDatasets;
import io.waybill.core.work.Ports;
import io.waybill.doors.JsonSchemas;
import io.waybill.doors.Readiness;
import io.waybill.postgres.DevelopmentSeed;
import io.waybill.postgres.Migrations;
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
import io.waybill.server.config.AuditSetting;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
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
  private final S3ObjectStore storage;
  private final Ports<Stores> ports;
  private final Configuration configuration;
  private final S3Settings s3;

  private Backbone(
      PostgresUnitOfWork work,
      S3ObjectStore storage,
      Ports<Stores> ports,
      Configuration configuration,
      S3Settings s3) {
    this.work = work;
    this.storage = storage;
    this.ports = ports;
    this.configuration = configuration;
    this.s3 = s3;
  }

  private static Ports<Stores> ports(PostgresUnitOfWork work, ObjectStore storage, S3Settings s3) {
    InstantSource time = InstantSource.system();
    return new Ports<>(
        work, storage, new SigV4UrlSigner(s3), new UuidV7(time), time, new ThreadHeartbeat());
  }

  /** The same, counting its calls of storage and its use of connections, and this process. */
  Backbone measured(MeterRegistry registry) {
    Vitals.watch(registry, work::poolUse);
    ObjectStore store = new MeteredObjectStore(ports.store(), registry);
    return new Backbone(
        work,
        storage,
        new Ports<>(work, store, ports.signer(), ports.ids(), ports.time(), ports.heartbeat()),
        configuration,
        s3);
  }

  /** Opens pools; neither the database nor the store need be reachable yet. */
  public static Backbone open(Configuration configuration, CommitListener listener) {
    return open(configuration, listener, database(configuration), RetryPolicy.DEFAULT);
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
        database(configuration)
            .withConnectionWait(DEVICES_WAIT)
            .withAnswerWait(DEVICES_ANSWER_WAIT),
        DEVICES_RETRY);
  }

  /** The same for an operator's command, whose statements take the time they take. */
  public static Backbone patient(Configuration configuration) {
    return open(
        configuration,
        CommitListener.NONE,
        database(configuration).withAnswerWait(OPERATORS_WAIT),
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
        work, storage, ports(work, new RetryingObjectStore(watched, retry), s3), configuration, s3);
  }

  /** How the configured database is reached. */
  public static PostgresSettings database(Configuration configuration) {
    PostgresSettings settings =
        PostgresSettings.at(
            Authorities.databaseUrl(configuration),
            configuration.text(DatabaseSetting.USER),
            configuration.text(DatabaseSetting.PASSWORD));
    return configuration.text(DatabaseSetting.POOL_SIZE).isEmpty()
        ? settings
        : settings.withPoolSize(configuration.number(DatabaseSetting.POOL_SIZE, 1, 1000));
  }

  /**
   * Brings the configured database to this version's schema, as its owner; how many steps that was.
   *
   * @param serviceRole whom the services connect as; empty when that is the owner
   */
  public static int migrate(Configuration configuration, String serviceRole) {
    int days = configuration.number(DatabaseSetting.EVENT_RETENTION_DAYS, 0, 36_500);
    int auditDays = configuration.number(AuditSetting.RETENTION_DAYS, 0, 36_500);
    int applied = Migrations.run(database(configuration), serviceRole);
    Migrations.keepEvents(database(configuration), days);
    Migrations.keepAudit(database(configuration), auditDays);
    return applied;
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
                ENDPOINT_REF, SeedWatch.of(configuration), DevelopmentSeed.API_KEY),
            new JsonSchemas(),
            new Admission(
                configuration.number(LimitSetting.FAILED_AUTHENTICATIONS, 1, 100_000), tokens),
            s3.directory(),
            Receipts.of(configuration),
            Webhooks.of(configuration)));
  }

  /** What the configured stores do: tried, and written down. */
  public ProbeStorage probing() {
    return new ProbeStorage(ports, s3.directory(), new S3Probe(s3));
  }

  /** Has this run whenever the outbox may have something new, whichever process has written it. */
  OutboxListener listening(Runnable onNews) {
    return OutboxListener.start(database(configuration), onNews);
  }

  /** What looks into what is stored, before anybody may use it. */
  public ValidateDatasets validation() {
    return new ValidateDatasets(
        ports,
        storage.reader(RetryPolicy.DEFAULT),
        new IsolatedInspector(InspectionLimits.DEFAULT),
        BytesPerSecond.of(
            configuration.largeNumber(WorkerSetting.SUM_BYTES_PER_SECOND, 0, Long.MAX_VALUE)));
  }

  /** What workers do with the stores themselves. */
  StorageWork storageWork() {
    return new StorageWork(
        probing(),
        validation(),
        new RecoverDatasets(ports, storage.storedObjects(RetryPolicy.DEFAULT)),
        new SweepUploads(ports, storage.unfinishedUploads(RetryPolicy.DEFAULT)),
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
    storage.close();
    work.close();
  }
}

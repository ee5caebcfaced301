package io.waybill.server.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.storage.ObjectStore;
import io.waybill.core.work.Ports;
import io.waybill.postgres.PostgresSettings;
import io.waybill.postgres.PostgresUnitOfWork;
import io.waybill.postgres.ThreadHeartbeat;
import io.waybill.postgres.UuidV7;
import io.waybill.s3.RetryPolicy;
import io.waybill.s3.RetryingObjectStore;
import io.waybill.s3.S3Addressing;
import io.waybill.s3.S3Connections;
import io.waybill.s3.S3Credentials;
import io.waybill.s3.S3Endpoint;
import io.waybill.s3.S3ObjectStore;
import io.waybill.s3.S3Settings;
import io.waybill.s3.SigV4UrlSigner;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/** What every server process stands on: the configured database and store behind the ports. */
public final class Backbone implements AutoCloseable {
  /** The one storage endpoint that is configured. */
  public static final String ENDPOINT_REF = UseCases.Settings.DEFAULT.endpointRef();

  private static final Duration DEVICES_WAIT = Duration.ofSeconds(1);
  private static final Duration DEVICES_ANSWER_WAIT = Duration.ofMillis(1750);
  private static final RetryPolicy DEVICES_RETRY =
      new RetryPolicy(
          Duration.ofMillis(500), RetryPolicy.DEFAULT.slowDown(), RetryPolicy.DEFAULT.fault());

  private final PostgresUnitOfWork work;
  private final S3ObjectStore storage;
  private final Ports<Stores> ports;
  private final Configuration configuration;

  private Backbone(
      PostgresUnitOfWork work,
      S3ObjectStore storage,
      Ports<Stores> ports,
      Configuration configuration) {
    this.work = work;
    this.storage = storage;
    this.ports = ports;
    this.configuration = configuration;
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
        configuration);
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

  private static Backbone open(
      Configuration configuration,
      CommitListener listener,
      PostgresSettings database,
      RetryPolicy retry) {
    S3Settings s3 =
        S3Settings.of(ENDPOINT_REF, storage(configuration)).connectedBy(connections(configuration));
    PostgresUnitOfWork work = PostgresUnitOfWork.open(database, listener);
    S3ObjectStore storage = new S3ObjectStore(s3);
    return new Backbone(
        work, storage, ports(work, new RetryingObjectStore(storage, retry), s3), configuration);
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

  private static S3Connections connections(Configuration configuration) {
    return new S3Connections(
        configuration.number(StorageSetting.CONNECTIONS, 1, 10_000),
        Authorities.tls(configuration));
  }

  private static S3Endpoint storage(Configuration configuration) {
    URI internal = configuration.uri(StorageSetting.ENDPOINT);
    URI external =
        configuration.text(StorageSetting.PUBLIC_ENDPOINT).isEmpty()
            ? internal
            : configuration.uri(StorageSetting.PUBLIC_ENDPOINT);
    try {
      return new S3Endpoint(
          internal,
          external,
          configuration.text(StorageSetting.REGION),
          new S3Credentials(
              configuration.text(StorageSetting.ACCESS_KEY),
              configuration.text(StorageSetting.SECRET_KEY)),
          configuration.flag(StorageSetting.PATH_STYLE)
              ? S3Addressing.PATH
              : S3Addressing.VIRTUAL_HOST,
          configuration.text(StorageSetting.BUCKET),
          false);
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s (see WAYBILL_STORAGE_* in docs/configuration.md)".formatted(e.getMessage()));
    }
  }

  public Ports<Stores> ports() {
    return ports;
  }

  /** Every use case over these ports. */
  public UseCases useCases() {
    return UseCases.over(
        ports,
        new UseCases.Settings(
            ConfiguredLimits.of(configuration), Authenticate.LONGEST_CACHE, ENDPOINT_REF));
  }

  /** Asks the database something small; throws when it does not answer. */
  public void checkDatabase() {
    work.check();
  }

  /** Asks the store for the bucket; throws when it does not answer or has none. */
  public void checkStorage() {
    ports.store().check(ENDPOINT_REF, configuration.text(StorageSetting.BUCKET));
  }

  @Override
  public void close() {
    storage.close();
    work.close();
  }
}

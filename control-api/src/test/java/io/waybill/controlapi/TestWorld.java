package io.waybill.controlapi;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.waybill.controlapi.edge.Route;
import io.waybill.controlapi.edge.RouteTable;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Identity.Standing;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.Authenticate;
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
import io.waybill.core.upload.Limits;
import io.waybill.core.work.Ports;
import io.waybill.doors.JsonSchemas;
import io.waybill.doors.Readiness;
import io.waybill.doors.receipt.JwsReceipts;
import io.waybill.doors.receipt.ReceiptKeys;
import io.waybill.testkit.Breakable;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two tenants, their people and devices, a real server, and the rest of the world on maps. */
final class TestWorld implements AutoCloseable {

  static final UUID TENANT = id(0x1);
  static final UUID PROJECT = id(0x2);
  static final UUID ARCHIVED_PROJECT = id(0x4);
  static final UUID OTHER_TENANT = id(0xa1);
  static final UUID OTHER_PROJECT = id(0xa2);
  static final UUID ROBOT_17 = id(0x17);
  static final UUID ROBOT_18 = id(0x18);

  static final String ADMIN = "wb_admin_planted_secret";
  static final String VIEWER = "wb_viewer_planted_secret";
  static final String NOBODY = "wb_nobody_planted_secret";
  static final String OTHER = "wb_other_planted_secret";
  static final String EXPIRED = "wb_expired_planted_secret";
  static final String IN_DEAD_TENANT = "wb_dead_tenant_planted_secret";
  static final String DEVICE_17 = "wbd_robot_17_planted_secret";
  static final String DEVICE_18 = "wbd_robot_18_planted_secret";
  static final String DISABLED_DEVICE = "wbd_disabled_planted_secret";

  static final KeyPair RECEIPT_KEY =
      ReceiptKeys.signing("MC4CAQAwBQYDK2VwBCIEINvJkf1yhT6CanlL+qO+CXmYSZ/+jK90qNyM7afVEtKS");

  static final long PART = 5L << 20;

  final OpenApiPage page = new OpenApiPage();
  final ManualTime time = new ManualTime(Instant.parse("2026-11-23T08:00:00Z"));
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final MemoryObjectStore objects = new MemoryObjectStore(Set.of("robot-data"));
  final Breakable.Store store = new Breakable.Store(objects);
  final MemoryDatabase rows = new MemoryDatabase();
  final Breakable.Database database = new Breakable.Database(rows);
  final PlainCourier courier = new PlainCourier();
  final UseCases cases;
  final ControlApi api;

  TestWorld() {
    this(Limits.standard());
  }

  TestWorld(Limits limits) {
    this(limits, ApiSettings.DEFAULT);
  }

  TestWorld(ApiSettings settings) {
    this(Limits.standard(), settings);
  }

  private TestWorld(Limits limits, ApiSettings settings) {
    Ports<Stores> ports =
        new Ports<>(
            database, store, new MemorySigner(), new SequentialIds(), time, new MemoryHeartbeat());
    cases =
        UseCases.over(
            ports,
            new UseCases.Settings(limits, Duration.ZERO, "default", new JsonSchemas())
                .sealing(new JwsReceipts("waybill", RECEIPT_KEY, List.of()))
                .telling(courier.parts()));
    populate();
    api =
        ControlApi.start(
            settings.listeningOn("127.0.0.1", 0),
            new ApiParts(
                cases,
                registry,
                List.of(
                    new Readiness.Check("database", database::ask),
                    new Readiness.Check("storage", () -> store.check("default", "robot-data"))),
                new SequentialIds()));
  }

  /** Asks as the owner of a secret. */
  HttpCalls as(String secret) {
    return anybody().as(secret);
  }

  HttpCalls anybody() {
    return new HttpCalls(api.port(), page::hold);
  }

  /** A new API key with these permissions on the tenant; its secret. */
  String keyWith(Permission... permissions) {
    String secret = "wb_with_" + Arrays.toString(permissions).hashCode() + "_planted_secret";
    key(secret, TENANT, Standing.ACTIVE, permissions);
    return secret;
  }

  /** An API key of this secret has these permissions on the tenant, and no others any more. */
  void grant(String secret, Set<Permission> permissions) {
    key(secret, TENANT, Standing.ACTIVE, permissions.toArray(Permission[]::new));
  }

  /** Every route that is served. */
  List<Route> routes() {
    return ControlApi.routes(ApiSettings.DEFAULT, parts());
  }

  /** The same API without its server. */
  RouteTable table() {
    return ControlApi.table(ApiSettings.DEFAULT, parts());
  }

  private ApiParts parts() {
    return new ApiParts(cases, registry, List.of(), () -> id(1));
  }

  @Override
  public void close() {
    api.close();
  }

  private void populate() {
    rows.addPolicy(TENANT, policy(id(0x3), "robot-data"));
    rows.addPolicy(TENANT, policy(id(0x5), "no-such-bucket"));
    rows.addPolicy(OTHER_TENANT, policy(id(0xa3), "robot-data"));
    rows.addProject(project(PROJECT, TENANT, ProjectStatus.ACTIVE));
    rows.addProject(project(ARCHIVED_PROJECT, TENANT, ProjectStatus.ARCHIVED));
    rows.addProject(project(OTHER_PROJECT, OTHER_TENANT, ProjectStatus.ACTIVE));
    key(ADMIN, TENANT, Standing.ACTIVE, Permission.values());
    key(VIEWER, TENANT, Standing.ACTIVE, Permission.PROJECT_VIEW, Permission.DATASET_VIEW);
    key(NOBODY, TENANT, Standing.ACTIVE);
    key(OTHER, OTHER_TENANT, Standing.ACTIVE, Permission.values());
    key(EXPIRED, TENANT, Standing.EXPIRED, Permission.values());
    key(IN_DEAD_TENANT, id(0xd1), Standing.TENANT_INACTIVE, Permission.values());
    device(DEVICE_17, ROBOT_17, "robot-17", Standing.ACTIVE);
    device(DEVICE_18, ROBOT_18, "robot-18", Standing.ACTIVE);
    device(DISABLED_DEVICE, id(0x19), "robot-19", Standing.INACTIVE);
  }

  private void key(String secret, UUID tenant, Standing standing, Permission... permissions) {
    List<Grant> grants =
        Arrays.stream(permissions)
            .map(permission ->
                new Grant(ResourceKind.TENANT, tenant, permission.code(), Grant.Effect.ALLOW, null))
            .toList();
    rows.addApiKey(
        Authenticate.hashOf(secret),
        new Identity(
            tenant,
            SubjectKind.API_KEY,
            UUID.nameUUIDFromBytes(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
            "wb_",
            standing,
            grants));
  }

  private void device(String secret, UUID id, String code, Standing standing) {
    rows.addDevice(
        Authenticate.hashOf(secret),
        new Identity(TENANT, SubjectKind.DEVICE, id, code, standing, DeviceAccess.to(PROJECT)));
  }

  private static StoragePolicy policy(UUID id, String bucket) {
    return new StoragePolicy(
        id,
        "default",
        bucket,
        PART,
        Duration.ofMinutes(15),
        Duration.ofDays(1),
        Duration.ofDays(30),
        Set.of(),
        false);
  }

  private static Project project(UUID id, UUID tenant, ProjectStatus status) {
    Instant made = Instant.parse("2026-11-01T00:00:00Z");
    @Nullable Instant archived = status == ProjectStatus.ARCHIVED ? made : null;
    return new Project(
        id,
        tenant,
        null,
        "project-" + id.toString().substring(30),
        "Robots",
        null,
        status,
        Map.of("site", "line-3"),
        1,
        made,
        made,
        archived);
  }

  static UUID id(long n) {
    return new UUID(0x0190_a000_0000_7000L, 0x8000_0000_0000_0000L | n);
  }

  /** Every secret there is, in the clear. */
  static Stream<String> secrets() {
    return Stream.of(
        ADMIN,
        VIEWER,
        NOBODY,
        OTHER,
        EXPIRED,
        IN_DEAD_TENANT,
        DEVICE_17,
        DEVICE_18,
        DISABLED_DEVICE);
  }
}

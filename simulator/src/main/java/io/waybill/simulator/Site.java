package io.waybill.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.access.Caller;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.device.Credential;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.work.IdSource;
import io.waybill.testkit.contract.World;
import io.waybill.wire.Topics.Owner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/** Who is there: one project, and robots that may upload to it. */
final class Site {

  /** What every secret begins with; no row may ever hold it. */
  static final String SECRET = "secret-of-";

  private final World registry;
  private final MemoryDatabase rows;

  Site(MemoryDatabase rows, IdSource ids) {
    this.registry = World.of(ids);
    this.rows = rows;
    rows.addPolicy(registry.tenantId(), registry.policy());
    rows.addProject(registry.project());
  }

  UUID project() {
    return registry.project().projectId();
  }

  /** Somebody with a secret. */
  record Known(Caller caller, String secret) {

    Owner owner() {
      return new Owner(caller.identity().tenantId(), caller.identity().id());
    }
  }

  /** A device of the project. */
  Known robot(String name) {
    Known robot = device(registry.tenantId(), name);
    UUID id = robot.owner().deviceId();
    UUID tenantId = registry.tenantId();
    Instant at = World.BEGINNING;
    rows.addDevice(
        sha256(robot.secret()),
        new Device(
            id,
            tenantId,
            project(),
            new Device.Profile(name, name, null, Map.of()),
            DeviceStatus.ACTIVE,
            1,
            at,
            Device.Presence.UNKNOWN,
            1,
            at,
            at),
        new Credential(id, tenantId, id, 1, true, false, at, null));
    rows.addGrants(robot.caller().identity());
    return robot;
  }

  /** A device of another tenant. */
  Caller stranger() {
    Known stranger = device(registry.otherTenantId(), "stranger");
    rows.addDevice(sha256(stranger.secret()), stranger.caller().identity());
    return stranger.caller();
  }

  /** Whose key allows everything in the tenant. */
  Known person() {
    Identity identity =
        new Identity(
            registry.tenantId(),
            SubjectKind.API_KEY,
            id("person"),
            "person",
            Identity.Standing.ACTIVE,
            Arrays.stream(Permission.values()).map(this::allowed).toList());
    rows.addApiKey(sha256(SECRET + "person"), identity);
    return new Known(new Caller(identity, "req-person", "http"), SECRET + "person");
  }

  private Grant allowed(Permission permission) {
    return new Grant(
        ResourceKind.TENANT, registry.tenantId(), permission.code(), Grant.Effect.ALLOW, null);
  }

  private Known device(UUID tenantId, String name) {
    Identity robot =
        new Identity(
            tenantId,
            SubjectKind.DEVICE,
            id(name),
            name,
            Identity.Standing.ACTIVE,
            DeviceAccess.to(project()));
    return new Known(new Caller(robot, "req-" + name, "mqtt"), SECRET + name);
  }

  private static UUID id(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }

  private static String sha256(String secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

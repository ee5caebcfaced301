package io.waybill.testkit.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.work.IdSource;
import io.waybill.testkit.contract.World;
import java.util.List;
import java.util.UUID;

/** Who is there: one project, and robots that may upload to it. */
final class Site {
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

  Caller robot(String name) {
    return device(registry.tenantId(), name);
  }

  /** A device of another tenant. */
  Caller stranger() {
    return device(registry.otherTenantId(), "stranger");
  }

  private Caller device(UUID tenantId, String name) {
    Identity robot =
        new Identity(
            tenantId,
            SubjectKind.DEVICE,
            UUID.nameUUIDFromBytes(name.getBytes(UTF_8)),
            name,
            Identity.Standing.ACTIVE,
            List.of(),
            List.of(project()));
    rows.addDevice(name, robot);
    return new Caller(robot, "req-" + name, "mqtt");
  }
}

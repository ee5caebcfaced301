package io.waybill.testkit.memory;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.memory.MemoryDatabase;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.World;

/** An in-memory database whose registry holds a world. */
final class MemoryWorld {
  private MemoryWorld() {}

  static Work<Stores> open(World world, CommitListener listener) {
    MemoryDatabase database = new MemoryDatabase(listener);
    database.addPolicy(world.tenantId(), world.policy());
    database.addPolicy(world.tenantId(), world.strictPolicy());
    database.addPolicy(world.otherTenantId(), world.foreignPolicy());
    database.addProject(world.project());
    database.addProject(world.strict());
    database.addProject(world.foreign());
    database.addApiKey(world.apiKeySha256(), world.apiKey());
    database.addDevice(world.credentialSha256(), world.robot());
    database.addDevice(world.otherCredentialSha256(), world.otherRobot());
    return database;
  }
}

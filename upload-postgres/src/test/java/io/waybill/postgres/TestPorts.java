package io.waybill.postgres;

import io.waybill.core.app.Stores;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import io.waybill.testkit.contract.Ids;
import java.time.InstantSource;
import java.util.Set;

/** The world of use cases that ask the database and nothing else. */
final class TestPorts {
  private TestPorts() {}

  static Ports<Stores> over(Work<Stores> work, InstantSource time) {
    return new Ports<>(
        work,
        new MemoryObjectStore(Set.of()),
        new MemorySigner(),
        Ids::next,
        time,
        new MemoryHeartbeat());
  }
}

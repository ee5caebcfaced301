package io.waybill.testkit.growth;

import io.waybill.core.app.Stores;
import io.waybill.testkit.growth.Crowd.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** What workers ask of sessions that they have not claimed. */
final class WorkerCalls {
  private static final int MIDDLE = 500;

  private final Crowd crowd;
  private final int rows;

  WorkerCalls(Crowd crowd, int rows) {
    this.crowd = crowd;
    this.rows = rows;
  }

  Map<String, Consumer<Stores>> all() {
    UUID session = crowd.id(Kind.SESSION, MIDDLE);
    UUID end = new UUID(Long.MAX_VALUE, Long.MIN_VALUE);
    Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();
    calls.put("sweeps: uploads of sessions", tx -> tx.sweeps().carried(List.of(session)));
    calls.put("sweeps: sessions in their order", tx -> tx.sweeps().recorded(session, end, rows));
    UUID tenant = crowd.world().tenantId();
    UUID dataset = crowd.id(Kind.DATASET, MIDDLE);
    calls.put(
        "recovery: whose objects are",
        tx -> tx.unclaimedObjects().claimed(tenant, List.of(dataset), List.of(session)));
    calls.put("recovery: newest", tx -> tx.recoveries().list(tenant, null, rows));
    return calls;
  }
}

package io.waybill.core.memory;

import io.waybill.core.upload.RateStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

record MemoryRates(MemoryTransaction tx) implements RateStore {

  private static final Table<UUID, Bucket> BUCKETS = Table.of("rate_buckets");

  @Override
  public Map<UUID, Leased> lease(List<Wanted> wanted, Instant now) {
    Map<UUID, Leased> leased = new LinkedHashMap<>();
    for (Wanted want : wanted) {
      Bucket known = tx.of(BUCKETS).get(want.ownerId());
      Bucket bucket =
          (known == null ? new Bucket(want.perMinute(), now) : known).at(now, want.perMinute());
      int requests = (int) Math.min(want.requests(), bucket.left());
      double left = bucket.left() - requests;
      tx.of(BUCKETS).put(want.ownerId(), new Bucket(left, bucket.refilledAt()));
      leased.put(want.ownerId(), new Leased(requests, left));
    }
    return leased;
  }
}

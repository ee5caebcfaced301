package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.upload.RateStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** {@code rate_buckets}. */
final class PostgresRateStore implements RateStore {
  private final Db db;

  PostgresRateStore(Db db) {
    this.db = db;
  }

  // Owners in one order, so that two who take of the same two never wait for each other in a ring.
  private static final Sql LEASE =
      Sql.of(
          "rate_buckets.lease",
          """
          insert into rate_buckets as b (owner_id, remaining, refilled_at, per_minute, wanted, taken)
          select w.owner_id, w.per_minute - least(w.wanted, w.per_minute), cast(:now as timestamptz), w.per_minute, w.wanted,
            least(w.wanted, w.per_minute)
          from unnest(:owners::uuid[], :limits::integer[], :wanted::integer[]) w(owner_id, per_minute, wanted)
          order by w.owner_id
          on conflict (owner_id) do update set
            remaining = refilled(b.remaining, b.refilled_at, excluded.refilled_at, excluded.per_minute)
              - least(excluded.wanted, floor(refilled(b.remaining, b.refilled_at, excluded.refilled_at, excluded.per_minute))),
            taken = least(excluded.wanted, floor(refilled(b.remaining, b.refilled_at, excluded.refilled_at, excluded.per_minute))),
            refilled_at = greatest(b.refilled_at, excluded.refilled_at),
            per_minute = excluded.per_minute, wanted = excluded.wanted
          returning b.owner_id, b.taken, floor(b.remaining * 1000)::bigint as thousandths
          """);

  @Override
  public Map<UUID, Leased> lease(List<Wanted> wanted, Instant now) {
    Map<UUID, Leased> leased = new LinkedHashMap<>();
    db.all(
            LEASE
                .with("owners", Sql.array(wanted.stream().map(Wanted::ownerId).toList()))
                .with("limits", numbers(wanted, Wanted::perMinute))
                .with("wanted", numbers(wanted, Wanted::requests))
                .with("now", now),
            row ->
                Map.entry(
                    row.id("owner_id"),
                    new Leased(row.count("taken"), row.number("thousandths") / 1e3)))
        .forEach(entry -> leased.put(entry.getKey(), entry.getValue()));
    return leased;
  }

  private static String numbers(List<Wanted> wanted, ToIntFunction<Wanted> which) {
    return wanted.stream()
        .map(want -> Integer.toString(which.applyAsInt(want)))
        .collect(joining(",", "{", "}"));
  }
}

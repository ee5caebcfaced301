package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.RateStanding;
import io.waybill.core.upload.RateStore.Leased;
import io.waybill.core.upload.RateStore.Wanted;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How often URLs are asked for, by tenant and by device, over all processes. Each process takes a
 * tenth of a minute's requests at a time out of the bucket that all share, and lives on it; so nine
 * of ten requests ask nobody, and no two wait for each other (ADR 0018).
 */
final class PresignRates {

  /** Of so many owners; then those whose allowance has ended are forgotten. */
  private static final int MANY = 10_000;

  private final Ports<? extends UploadStores> ports;
  private final Limits.Rates limits;
  private final Map<UUID, Allowance> allowances = new ConcurrentHashMap<>();

  PresignRates(Ports<? extends UploadStores> ports, Limits.Rates limits) {
    this.ports = ports;
    this.limits = limits;
  }

  /** Whose bucket, and how large it is. */
  private record Bucket(String scope, UUID ownerId, int perMinute) {}

  /** Counts one request, unless it is one too many. */
  Verdict<Identity> take(Identity caller) {
    Instant now = ports.now();
    List<Bucket> buckets = buckets(caller);
    List<Bucket> empty = buckets.stream().filter(bucket -> !allowance(bucket).take(now)).toList();
    if (empty.isEmpty()) {
      return Verdict.ok(caller);
    }
    List<Bucket> lacking = refill(empty, now);
    if (lacking.isEmpty()) {
      return Verdict.ok(caller);
    }
    buckets.stream()
        .filter(bucket -> !lacking.contains(bucket))
        .forEach(bucket -> allowance(bucket).giveBack());
    return Verdict.refused(tooMany(lacking.getFirst()));
  }

  /** Takes more out of the shared buckets, unless one is known to have none; those that lack. */
  private List<Bucket> refill(List<Bucket> empty, Instant now) {
    if (empty.stream().anyMatch(bucket -> allowance(bucket).isDry(now))) {
      return empty;
    }
    lease(empty, now);
    return empty.stream().filter(bucket -> !allowance(bucket).take(now)).toList();
  }

  /** How the caller stands, without asking anybody. */
  List<RateStanding> of(Identity caller) {
    Instant now = ports.now();
    return buckets(caller).stream()
        .map(bucket -> allowance(bucket).standing(bucket.scope(), bucket.perMinute(), now))
        .toList();
  }

  private List<Bucket> buckets(Identity caller) {
    Bucket tenant = new Bucket("tenant", caller.tenantId(), limits.tenantPresigns());
    return caller.isDevice()
        ? List.of(new Bucket("device", caller.id(), limits.devicePresigns()), tenant)
        : List.of(tenant);
  }

  private void lease(List<Bucket> empty, Instant now) {
    if (allowances.size() > MANY) {
      allowances.values().removeIf(allowance -> allowance.isOver(now));
    }
    List<Wanted> wanted = new ArrayList<>(empty.size());
    for (Bucket bucket : empty) {
      wanted.add(
          new Wanted(bucket.ownerId(), bucket.perMinute(), Math.max(1, bucket.perMinute() / 10)));
    }
    Map<UUID, Leased> leased = ports.work().read(tx -> tx.rates().lease(wanted, now));
    for (Bucket bucket : empty) {
      Leased its = leased.get(bucket.ownerId());
      if (its != null) {
        allowance(bucket).add(its, now, bucket.perMinute());
      }
    }
  }

  private Allowance allowance(Bucket bucket) {
    Allowance known = allowances.get(bucket.ownerId());
    return known == null
        ? allowances.computeIfAbsent(bucket.ownerId(), id -> new Allowance())
        : known;
  }

  private static Refusal tooMany(Bucket bucket) {
    return Refusal.of(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "the %s has asked for URLs too often: %d times in a minute are allowed; ask for more parts at once"
                .formatted(bucket.scope(), bucket.perMinute()))
        .with("scope", bucket.scope())
        .with("limit", bucket.perMinute())
        .with("window_seconds", 60)
        .retryAfter(Math.ceilDiv(60, bucket.perMinute()));
  }
}

package io.waybill.testkit.contract;

import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids for tests: UUIDv7 in form and order, unique in this process and most likely elsewhere. */
public final class Ids {
  private static final AtomicLong LAST =
      new AtomicLong((World.BEGINNING.toEpochMilli() << 12) | (System.nanoTime() & 0xFFF));
  private static final long PROCESS = UUID.randomUUID().getLeastSignificantBits();

  private Ids() {}

  public static UUID next() {
    long tick = LAST.incrementAndGet();
    return new UUID(((tick >>> 12) << 16) | 0x7000L | (tick & 0xFFF), PROCESS);
  }

  /** One that was made at this time. */
  static UUID at(Instant time) {
    UUID id = next();
    return new UUID(
        (time.toEpochMilli() << 16) | (id.getMostSignificantBits() & 0xFFFF),
        (id.getMostSignificantBits() >>> 16) ^ PROCESS);
  }

  /** What a hash looks like. */
  public static String sha256() {
    return sha256(Ids::next);
  }

  static String sha256(IdSource ids) {
    return (ids.next().toString() + ids.next()).replace("-", "");
  }
}

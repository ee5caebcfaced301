package io.waybill.postgres;

import io.waybill.core.work.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, 12 bits that count within one, 62 random bits. When
 * more than 4096 are made in a millisecond, or the clock goes back, the time runs ahead a little:
 * later ids stay greater.
 */
public final class UuidV7 implements IdSource {
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicLong last = new AtomicLong();

  public UuidV7(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public UUID next() {
    long now = clock.millis() << 12;
    long tick = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long high = ((tick >>> 12) << 16) | VERSION | (tick & 0xFFF);
    return new UUID(high, VARIANT | (random.nextLong() >>> 2));
  }
}

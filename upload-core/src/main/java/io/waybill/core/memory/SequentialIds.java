package io.waybill.core.memory;

import io.waybill.core.work.IdSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of the shape of UUIDv7 that count upwards. */
public final class SequentialIds implements IdSource {

  private final AtomicLong next = new AtomicLong(1);

  @Override
  public UUID next() {
    long n = next.getAndIncrement();
    return new UUID(0x0190_b000_0000_7000L + (n << 16), 0x8000_0000_0000_0000L | n);
  }
}

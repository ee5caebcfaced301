package io.waybill.agent.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** A network that gives 8 KiB at a time, and not often. */
final class SlowInput extends FilterInputStream {

  private final int millis;

  SlowInput(InputStream in, int millis) {
    super(in);
    this.millis = millis;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    LockSupport.parkNanos(millis * 1_000_000L);
    return super.read(into, at, Math.min(length, 8_192));
  }
}

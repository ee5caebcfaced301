package io.waybill.validators;

import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.reading.CachedSource;

/** What is read of every file: its first block, by which readers are found. */
public final class Head {

  private Head() {}

  public static byte[] of(Subject file, Budget budget) {
    int length = (int) Math.min(CachedSource.BLOCK, file.sizeBytes());
    return length == 0 ? new byte[0] : budget.read(0, length);
  }
}

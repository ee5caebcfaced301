package io.waybill.validators;

import io.waybill.core.validation.FileInspector.Bytes;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.reading.BudgetSpent;
import io.waybill.validators.reading.InspectionLimits;

/** The bytes of one file, as far as they may be read: counted where they are asked for. */
public final class Budget {

  private final Bytes bytes;
  private final long size;
  private final InspectionLimits limits;
  private int rangesRead;
  private long bytesRead;

  public Budget(Subject file, Bytes bytes, InspectionLimits limits) {
    this.bytes = bytes;
    this.size = file.sizeBytes();
    this.limits = limits;
  }

  /**
   * A range of the file; fewer bytes only where the object ends before its said size.
   *
   * @throws BudgetSpent when that would be a range or a byte too many
   * @throws io.waybill.core.Outage.Storage when storage does not give them
   */
  public byte[] read(long offset, int length) {
    if (offset < 0 || length < 1 || length > size - offset) {
      throw new IllegalArgumentException("no range of the file: " + offset + " + " + length);
    }
    if (rangesRead >= limits.ranges()) {
      throw new BudgetSpent(
          "not read to its end: it took more than " + limits.ranges() + " ranges");
    }
    if (length > limits.bytes() - bytesRead) {
      throw new BudgetSpent("not read to its end: it took more than " + limits.bytes() + " bytes");
    }
    rangesRead++;
    bytesRead += length;
    return bytes.read(offset, length);
  }
}

package io.waybill.validators.reading;

import java.nio.ByteOrder;

/** The bytes of one file, as a reader asks for them. */
public interface ByteSource {

  /** The most that is read at once; whoever needs more reads on. */
  int LONGEST_READ = 4 << 20;

  long size();

  /**
   * Exactly these bytes.
   *
   * @throws Malformed when they do not all lie in the file, or are more than can be read at once
   * @throws BudgetSpent when the file has cost what it may
   */
  byte[] read(long offset, int length);

  /** Fields with the least significant byte first. */
  default Fields little(long offset, int length) {
    return new Fields(read(offset, length), offset, ByteOrder.LITTLE_ENDIAN);
  }

  /** Fields with the most significant byte first. */
  default Fields big(long offset, int length) {
    return new Fields(read(offset, length), offset, ByteOrder.BIG_ENDIAN);
  }

  /** The first bytes, fewer where the file has fewer. */
  default byte[] head(int most) {
    return read(0, (int) Math.min(most, size()));
  }

  /** The last bytes, fewer where the file has fewer. */
  default byte[] tail(int most) {
    int length = (int) Math.min(most, size());
    return read(size() - length, length);
  }

  /** Whether these bytes lie in the file; safe for every number that a file can claim. */
  default boolean holds(long offset, long length) {
    return offset >= 0 && length >= 0 && offset <= size() && length <= size() - offset;
  }
}

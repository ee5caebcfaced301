package io.waybill.agent.upload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/** The CRC of NVMe and of S3's CRC64NVME, eight bytes at a time. */
final class Crc64Nvme implements Checksum {

  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L; // mirrored
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Row n: what a byte does to the sum when n others follow it. */
  private static final long[][] TABLES = tables();

  private long crc = -1;

  private static long[][] tables() {
    long[][] tables = new long[Long.BYTES][256];
    for (int value = 0; value < 256; value++) {
      long crc = value;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
      }
      tables[0][value] = crc;
    }
    for (int row = 1; row < tables.length; row++) {
      for (int value = 0; value < 256; value++) {
        long before = tables[row - 1][value];
        tables[row][value] = (before >>> 8) ^ tables[0][(int) before & 255];
      }
    }
    return tables;
  }

  @Override
  public void update(int value) {
    crc = (crc >>> 8) ^ TABLES[0][((int) crc ^ value) & 255];
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      long eight = crc ^ (long) EIGHT.get(bytes, at);
      long next = 0;
      for (int row = Long.BYTES - 1; row >= 0; row--) {
        next ^= TABLES[row][(int) eight & 255];
        eight >>>= 8;
      }
      crc = next;
    }
    for (; at < end; at++) {
      update(bytes[at]);
    }
  }

  @Override
  public long getValue() {
    return ~crc;
  }

  @Override
  public void reset() {
    crc = -1;
  }
}

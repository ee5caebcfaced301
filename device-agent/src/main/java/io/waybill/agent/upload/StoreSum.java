package io.waybill.agent.upload;

import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/** A sum over a part that the store checks by itself, before it takes the part. */
public enum StoreSum {
  CRC32C,
  CRC64NVME,
  SHA256;

  private static final int PIECE = 128 << 10;

  /** Null where this agent makes no such sum. */
  public static @Nullable StoreSum named(String word) {
    return Arrays.stream(values()).filter(sum -> sum.name().equals(word)).findFirst().orElse(null);
  }

  /**
   * The sum of a slice of the file, in Base64.
   *
   * @throws IOException when the file does not give the bytes
   */
  public String of(FileChannel file, long offset, long length) throws IOException {
    Summing summing = summing();
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length));
    long end = offset + length;
    for (long at = offset; at < end; ) {
      int read = file.read(piece.clear().limit((int) Math.min(PIECE, end - at)), at);
      if (read < 0) {
        throw new IOException("it ends at byte " + at);
      }
      summing.add(piece.array(), read);
      at += read;
    }
    return Base64.getEncoder().encodeToString(summing.sum());
  }

  private Summing summing() {
    return switch (this) {
      case CRC32C -> new Crc(new CRC32C(), Integer.BYTES);
      case CRC64NVME -> new Crc(new Crc64Nvme(), Long.BYTES);
      case SHA256 -> new Digest(WholeSum.digest());
    };
  }

  private interface Summing {
    void add(byte[] bytes, int length);

    byte[] sum();
  }

  /** Its sum is written with the highest byte first. */
  private record Crc(Checksum crc, int width) implements Summing {
    @Override
    public void add(byte[] bytes, int length) {
      crc.update(bytes, 0, length);
    }

    @Override
    public byte[] sum() {
      byte[] whole = ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
      return Arrays.copyOfRange(whole, Long.BYTES - width, Long.BYTES);
    }
  }

  private record Digest(MessageDigest digest) implements Summing {
    @Override
    public void add(byte[] bytes, int length) {
      digest.update(bytes, 0, length);
    }

    @Override
    public byte[] sum() {
      return digest.digest();
    }
  }
}

package io.waybill.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The sums of a whole file, of one reading.
 *
 * @param sha256 what the server is promised
 * @param crc32c what the sums of parts, as they are sent, must come to
 */
public record WholeSum(String sha256, int crc32c) {

  private static final int PIECE = 64 << 10;

  public static WholeSum of(Path file) throws IOException {
    MessageDigest digest = digest();
    CRC32C crc = new CRC32C();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(piece.clear()) >= 0) {
        piece.flip();
        crc.update(piece);
        digest.update(piece.rewind());
      }
    }
    return new WholeSum(HexFormat.of().formatHex(digest.digest()), (int) crc.getValue());
  }

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}

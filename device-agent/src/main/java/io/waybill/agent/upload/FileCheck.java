package io.waybill.agent.upload;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Shown;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Whether the file on this machine still is the one that was planned and sent. Another size is
 * another file. Another time or inode only asks for a look at the bytes: they count.
 *
 * @param thorough whether the bytes are compared although nothing looks new
 */
record FileCheck(FileEntry entry, PartLedger sent, boolean thorough) {

  private static final int PIECE = 128 << 10;

  /** What a look at the file gave. */
  sealed interface Finding {
    /** The bytes are those that were planned, or sent, as far as that is known. */
    record Same(FileStamp now) implements Finding {}

    record Changed(String how) implements Finding {}

    /** Nobody knows: it cannot be read now. */
    record Unreadable(String why) implements Finding {}
  }

  Finding find() {
    Path path = entry.file();
    FileStamp planned = entry.stamp();
    try {
      FileStamp now = FileStamp.of(path);
      if (!Files.isRegularFile(path)) { // what is mounted in its place, say
        return new Finding.Unreadable(
            inWords(path, new IOException("something else is in its place")));
      }
      if (now.sizeBytes() != planned.sizeBytes()) {
        return new Finding.Changed(planned.difference(now));
      }
      if (now.equals(planned) && !thorough) {
        return new Finding.Same(now);
      }
      try (FileChannel file = FileChannel.open(path)) {
        String other = otherBytes(file);
        return other == null ? new Finding.Same(now) : new Finding.Changed(other);
      }
    } catch (IOException e) {
      return new Finding.Unreadable(inWords(path, e));
    }
  }

  /**
   * What shows that these are not the bytes that were promised or sent; null when they are. Equal
   * twice, in sending and afterwards, means that all of them were the file at the moment between.
   */
  private @Nullable String otherBytes(FileChannel file) throws IOException {
    BitSet known = sent.sums().known();
    Integer crc = entry.checksumCrc32c();
    String sha = entry.checksumSha256();
    MessageDigest digest = sha != null && crc == null ? WholeSum.digest() : null;
    int whole = 0;
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    for (int part = 1; part <= sent.count(); part++) {
      if (sha == null && !known.get(part)) {
        continue;
      }
      int sum = sum(file, part, piece, digest);
      if (known.get(part) && sum != sent.sums().of(part)) {
        return "part " + part + " has other bytes than were sent";
      }
      whole = Crc32cSums.joined(whole, sum, sent.length(part));
    }
    boolean asPromised =
        (crc == null || crc == whole)
            && (digest == null || HexFormat.of().formatHex(digest.digest()).equals(sha));
    return asPromised ? null : PROMISED_OTHERS;
  }

  static final String PROMISED_OTHERS = "its bytes are not those whose checksum was promised";

  private int sum(FileChannel file, int part, ByteBuffer piece, @Nullable MessageDigest digest)
      throws IOException {
    CRC32C sum = new CRC32C();
    long at = sent.offset(part);
    for (long left = sent.length(part); left > 0; ) {
      piece.clear().limit((int) Math.min(PIECE, left));
      int read = file.read(piece, at);
      if (read < 0) {
        throw new IOException("it ends at byte " + at);
      }
      sum.update(piece.flip());
      if (digest != null) {
        digest.update(piece.rewind());
      }
      at += read;
      left -= read;
    }
    return (int) sum.getValue();
  }

  static String inWords(Path path, IOException e) {
    String what =
        switch (e) {
          case NoSuchFileException gone -> "it is not there; is its disk mounted?";
          case AccessDeniedException denied -> "this user may not read it";
          default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    return Shown.line(LocalPath.text(path) + " cannot be read now: " + what);
  }
}

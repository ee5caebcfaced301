package io.waybill.agent.receipt;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.WholeSum;
import io.waybill.agent.upload.StoreSum;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a receipt is true of the bytes on this machine: they are read once more and summed. */
public final class LocalProof {

  private LocalProof() {}

  /**
   * Reads the file.
   *
   * @return null when it is what the receipt says; else why it cannot be said to be
   */
  public static @Nullable String against(Receipt receipt, FileEntry file) throws IOException {
    Receipt.Checksums sums = receipt.checksums();
    try (FileChannel channel = FileChannel.open(file.file())) {
      if (channel.size() != file.stamp().sizeBytes()) {
        return "its size changed";
      }
      for (StoreSum algorithm : StoreSum.values()) {
        String word = algorithm.name().toLowerCase(Locale.ROOT);
        String whole = whole(sums, word);
        if (whole != null) {
          return verdict(whole.equals(algorithm.of(channel, 0, channel.size())));
        }
        String ofParts = in(sums.storage(), word);
        if (ofParts != null && algorithm == StoreSum.SHA256 && file.server() != null) {
          return verdict(ofParts.equals(ofParts(channel, file.server())));
        }
      }
      String reported = in(sums.clientReported(), "sha256");
      return reported == null
          ? "the receipt has no sum that the file can be compared with"
          : verdict(reported.equals(hex(StoreSum.SHA256.of(channel, 0, channel.size()))));
    }
  }

  /** A sum of the whole object, and not of its parts' sums. */
  private static @Nullable String whole(Receipt.Checksums sums, String word) {
    String combined = in(sums.combined(), word);
    String storage = in(sums.storage(), word);
    return combined != null || storage == null || storage.indexOf('-') >= 0 ? combined : storage;
  }

  private static @Nullable String in(@Nullable Map<String, String> sums, String word) {
    return sums == null ? null : sums.get(word);
  }

  private static @Nullable String verdict(boolean same) {
    return same ? null : "its bytes are not those that are stored";
  }

  /** As S3 writes it: the sum of the parts' sums, and how many there are. */
  private static String ofParts(FileChannel channel, ServerSide plan) throws IOException {
    MessageDigest all = WholeSum.digest();
    for (int part = 0; part < plan.partCount(); part++) {
      long start = part * plan.partSizeBytes();
      long length = Math.min(plan.partSizeBytes(), channel.size() - start);
      all.update(Base64.getDecoder().decode(StoreSum.SHA256.of(channel, start, length)));
    }
    return Base64.getEncoder().encodeToString(all.digest()) + "-" + plan.partCount();
  }

  private static String hex(String base64) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }
}

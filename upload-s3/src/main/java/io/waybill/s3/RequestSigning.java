package io.waybill.s3;

import io.waybill.core.storage.UrlSigner.PartLength;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Signs the parts of one request, one after the other. Of a canonical request only the part number
 * and the length change, so everything before the number is hashed already. The buffers make it one
 * thread's own.
 */
final class RequestSigning {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] HEX_DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final HmacKey key;
  private final byte[] hash = new byte[Sha256.BYTES];
  private final byte[] hashInHex = new byte[Sha256.BYTES * 2];
  private final byte[] digits = new byte[20];

  RequestSigning(HmacKey key) {
    this.key = key;
  }

  /**
   * Signs one part.
   *
   * @param middle between its number and its length
   * @param host from there to its sum, where it has one
   * @param tail what follows
   */
  String sign(Sha256 head, PartLength part, byte[] middle, byte[] host, byte[] tail) {
    MessageDigest canonical = head.fork();
    updateWithNumber(canonical, part.partNumber());
    canonical.update(middle);
    updateWithNumber(canonical, part.lengthBytes());
    canonical.update(host);
    String sum = part.checksum();
    if (sum != null) {
      canonical.update(sum.getBytes(StandardCharsets.US_ASCII));
    }
    canonical.update(tail);
    return sign(canonical);
  }

  /** Signs a canonical request that was fed to a digest. */
  String sign(MessageDigest canonical) {
    Sha256.finish(canonical, hash);
    for (int i = 0; i < hash.length; i++) {
      hashInHex[2 * i] = HEX_DIGITS[(hash[i] >> 4) & 15];
      hashInHex[2 * i + 1] = HEX_DIGITS[hash[i] & 15];
    }
    MessageDigest message = key.inner().fork();
    message.update(hashInHex);
    key.finish(message, hash);
    return HEX.formatHex(hash);
  }

  private void updateWithNumber(MessageDigest digest, long number) {
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
    digest.update(digits, at, digits.length - at);
  }
}

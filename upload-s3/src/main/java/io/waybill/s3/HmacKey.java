package io.waybill.s3;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An HMAC-SHA-256 key (RFC 2104) with both pads already hashed: a signature costs two copies of a
 * digest instead of a key schedule.
 */
record HmacKey(Sha256 inner, Sha256 outer) {

  static HmacKey of(byte[] key) {
    byte[] block =
        Arrays.copyOf(
            key.length > Sha256.BLOCK ? Sha256.empty().and(key).fork().digest() : key,
            Sha256.BLOCK);
    return new HmacKey(Sha256.empty().and(pad(block, 0x36)), Sha256.empty().and(pad(block, 0x5c)));
  }

  byte[] sign(byte[] message) {
    byte[] out = new byte[Sha256.BYTES];
    MessageDigest digest = inner.fork();
    digest.update(message);
    finish(digest, out);
    return out;
  }

  /** The same key for messages that all start like this. */
  HmacKey startingWith(String... prefix) {
    return new HmacKey(inner.and(prefix), outer);
  }

  /** Ends a message that was fed to a copy of {@link #inner}. */
  void finish(MessageDigest message, byte[] out) {
    Sha256.finish(message, out);
    MessageDigest digest = outer.fork();
    digest.update(out, 0, Sha256.BYTES);
    Sha256.finish(digest, out);
  }

  private static byte[] pad(byte[] block, int with) {
    byte[] padded = new byte[Sha256.BLOCK];
    for (int i = 0; i < padded.length; i++) {
      padded[i] = (byte) (block[i] ^ with);
    }
    return padded;
  }
}

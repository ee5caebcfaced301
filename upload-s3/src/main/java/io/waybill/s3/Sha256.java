package io.waybill.s3;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 that has absorbed a prefix and goes on in copies. Signing a hundred URLs hashes what
 * they share once. Nothing changes it after construction, so threads may share it.
 */
final class Sha256 {

  static final int BYTES = 32;
  static final int BLOCK = 64;

  private static final Sha256 EMPTY = new Sha256(jdkDigest());

  private final MessageDigest absorbed;

  private Sha256(MessageDigest absorbed) {
    this.absorbed = absorbed;
  }

  static Sha256 empty() {
    return EMPTY;
  }

  /** This prefix and then these bytes. */
  Sha256 and(byte[] more) {
    MessageDigest next = fork();
    next.update(more);
    return new Sha256(next);
  }

  /** This prefix and then these texts in UTF-8, piece by piece, so that nobody joins them first. */
  Sha256 and(String... pieces) {
    MessageDigest next = fork();
    for (String piece : pieces) {
      next.update(piece.getBytes(StandardCharsets.UTF_8));
    }
    return new Sha256(next);
  }

  /** A digest of the caller's own, to be fed the rest. */
  MessageDigest fork() {
    try {
      return (MessageDigest) absorbed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /** Ends a digest into the first bytes of {@code out}. */
  static void finish(MessageDigest digest, byte[] out) {
    try {
      digest.digest(out, 0, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("the buffer holds " + out.length + " bytes", e);
    }
  }

  private static MessageDigest jdkDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

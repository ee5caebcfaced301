package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** A file to upload of random bytes, no two parts alike. */
public record Sample(Path file, long sizeBytes, String sha256) {
  /** What the agent is told to use: the smallest part that a store takes. */
  public static final String PART_SIZE = "5M";

  private static final int PART_BYTES = 5 * 1024 * 1024;

  /** Writes one of so many parts; the last one is shorter. */
  public static Sample ofParts(Path file, int parts) {
    byte[] part = new byte[PART_BYTES];
    Random random = new Random(parts);
    try (var out = Files.newOutputStream(file)) {
      for (int n = 1; n <= parts; n++) {
        random.nextBytes(part);
        out.write(part, 0, n < parts ? PART_BYTES : PART_BYTES / 2);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(file);
  }

  /** A file that is there. */
  public static Sample of(Path file) {
    try {
      return new Sample(file, Files.size(file), sha256(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

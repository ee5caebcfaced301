package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.InputStream;
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
      return new Sample(file, Files.size(file), sha256(Files.newInputStream(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all that is in it, piece by piece: a soak's file is larger than the heap likes. */
  public static String sha256(InputStream all) throws IOException {
    try (all) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[64 * 1024];
      for (int read = all.read(piece); read >= 0; read = all.read(piece)) {
        digest.update(piece, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

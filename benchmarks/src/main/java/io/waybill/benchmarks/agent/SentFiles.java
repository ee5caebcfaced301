package io.waybill.benchmarks.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files of random bytes in a folder that goes with them. */
record SentFiles(Path folder) implements AutoCloseable {
  private static final long MIB = 1L << 20;

  static SentFiles make() throws IOException {
    return new SentFiles(Files.createTempDirectory("waybill-benchmark-"));
  }

  Path file(String name, long bytes) throws IOException {
    Path file = folder.resolve(name);
    byte[] piece = new byte[(int) MIB];
    new Random(17).nextBytes(piece);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < bytes; written += piece.length) {
        out.write(piece);
      }
    }
    return file;
  }

  List<Path> slices(Path file, long partBytes) throws IOException {
    List<Path> slices = new ArrayList<>();
    long size = Files.size(file);
    for (long at = 0; at < size; at += partBytes) {
      slices.add(file("part-" + slices.size(), Math.min(partBytes, size - at)));
    }
    return slices;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}

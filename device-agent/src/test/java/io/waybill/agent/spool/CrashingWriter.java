package io.waybill.agent.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A process of its own that writes a manifest without end, or tries its lock. */
final class CrashingWriter {

  static final int FREE = 0;
  static final int HELD = 7;

  private CrashingWriter() {}

  public static void main(String[] args) throws IOException {
    Spool spool = Spool.open(Path.of(args[1]), (file, reason) -> {});
    if (args[0].equals("lock")) {
      Optional<SpoolLock> lock = spool.lock(args[2]);
      System.exit(lock.isPresent() ? FREE : HELD);
    }
    Manifest manifest = manifest(args[2], 500);
    for (int n = 0; ; n++) {
      FileEntry file = manifest.files().getFirst();
      ServerSide server = java.util.Objects.requireNonNull(file.server());
      manifest = manifest.withFiles(List.of(file.reopened(server).withSent(file.sent())));
      spool.save(manifest);
      System.out.println(n);
    }
  }

  static Process start(String what, Path directory, String uploadId) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            what,
            directory.toString(),
            uploadId)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static Manifest manifest(String uploadId, int parts) {
    FileEntry planned =
        FileEntry.planned("/data/run.mcap", "run.mcap", new FileStamp(parts * 100L, 5, 6), null);
    FileEntry open =
        planned
            .opened(
                new ServerSide(
                    id(4), id(5), id(6), "robot-data", "tenants/x/run.mcap", 100, parts, null))
            .withSent(
                IntStream.rangeClosed(1, parts)
                    .mapToObj(n -> new SentPart(n, "\"etag-" + n + "\"", n % 2 == 0))
                    .toList());
    return Manifest.planned(
        uploadId,
        new Manifest.Owner(id(1), id(2), id(3)),
        "run 42",
        Instant.parse("2026-11-23T10:00:00Z"),
        List.of(open));
  }

  private static String id(long number) {
    return new java.util.UUID(0, number).toString();
  }
}

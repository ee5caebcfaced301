package io.waybill.agent.spool;

import io.waybill.agent.local.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Manifests of uploads that are stored, by a receipt that was verified, and whose local files go
 * when their time has come. When and how much is in a manifest's name, so that a long list costs
 * little.
 */
public final class Kept {

  private static final Pattern NAME = Pattern.compile("(\\d{1,15})-(\\d{1,19})-(.+)\\.json");

  private final Path directory;
  private final ManifestCodec codec = new ManifestCodec();
  private final TreeSet<Row> rows =
      new TreeSet<>(Comparator.comparing(Row::at).thenComparing(Row::uploadId));

  private Kept(Path directory) {
    this.directory = directory;
  }

  /**
   * One upload.
   *
   * @param at when it was stored
   */
  public record Row(Instant at, long bytes, String uploadId) {
    private String name() {
      return at.toEpochMilli() + "-" + bytes + "-" + uploadId + ".json";
    }
  }

  public static Kept open(Path directory) throws IOException {
    Directories.make(directory);
    Kept kept = new Kept(directory);
    try (Stream<Path> entries = Files.list(directory)) {
      entries
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name ->
              new Row(
                  Instant.ofEpochMilli(Long.parseLong(name.group(1))),
                  Long.parseLong(name.group(2)),
                  name.group(3)))
          .forEach(kept.rows::add);
    }
    return kept;
  }

  /** Takes a finished upload out of the state directory's list, durably. */
  public void take(Spool spool, Manifest done, Instant at) throws IOException {
    Row row = new Row(Instant.ofEpochMilli(at.toEpochMilli()), done.sizeBytes(), done.uploadId());
    Files.move(
        spool.pathOf(done.uploadId()),
        directory.resolve(row.name()),
        StandardCopyOption.ATOMIC_MOVE);
    Directories.force(directory);
    spool.forget(done.uploadId());
    rows.add(row);
  }

  /** The oldest first. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  public Optional<Row> oldest() {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.first());
  }

  /** Empty when it is gone, or no manifest. */
  public Optional<Manifest> read(Row row) throws IOException {
    try {
      return codec.read(directory.resolve(row.name())) instanceof ManifestCodec.Found.Whole whole
          ? Optional.of(whole.manifest())
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Nothing is left to be done for it. */
  public void forget(Row row) throws IOException {
    Files.deleteIfExists(directory.resolve(row.name()));
    rows.remove(row);
  }
}

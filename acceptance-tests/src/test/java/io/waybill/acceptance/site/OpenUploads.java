package io.waybill.acceptance.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of the store's bucket: which multipart uploads are open, and which objects exist. The
 * store keeps the files of upload {@code 1} of key {@code a/b} as {@code .mpus-1-a/b-…}.
 */
public final class OpenUploads {
  private static final String PREFIX = ".mpus-";

  private final Path bucket;

  public OpenUploads(Path bucket) {
    this.bucket = bucket;
  }

  /** Ids of the uploads of a key: the store marks each by an empty file. */
  public Set<String> idsOf(String key) {
    return filesOf(key).stream()
        .filter(name -> name.endsWith(key + "-stub"))
        .map(name -> name.substring(PREFIX.length(), name.length() - key.length() - 6))
        .collect(Collectors.toSet());
  }

  /** Whether anything is left of an upload of this key: its mark, or a part. */
  public boolean hasRemainsOf(String key) {
    return !remainsOf(key).isEmpty();
  }

  /** Ids of the uploads of a key of which anything is left. */
  public Set<String> remainsOf(String key) {
    String first = "-" + key.substring(0, key.indexOf('/') + 1);
    return filesOf(key).stream()
        .map(file -> file.substring(PREFIX.length(), file.indexOf(first)))
        .collect(Collectors.toSet());
  }

  /** As if every upload that the store has under way had been made two days ago. */
  public void age() {
    FileTime then = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
    try (Stream<Path> tree = Files.walk(bucket)) {
      for (Path file : tree.filter(OpenUploads::isMark).toList()) {
        Files.setLastModifiedTime(file, then);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMark(Path file) {
    return file.toString().contains("/" + PREFIX) && file.toString().endsWith("-stub");
  }

  /** As if the store's own rule had dropped the uploads of this key. */
  public void drop(String key) {
    for (String file : filesOf(key)) {
      try {
        Files.delete(bucket.resolve(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public boolean hasObject(String key) {
    return Files.exists(bucket.resolve(key));
  }

  public byte[] object(String key) {
    try {
      return Files.readAllBytes(bucket.resolve(key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> filesOf(String key) {
    String first = "-" + key.substring(0, key.indexOf('/'));
    String folders = key.substring(key.indexOf('/') + 1, key.lastIndexOf('/'));
    List<String> files = new ArrayList<>();
    try (Stream<Path> uploads = Files.list(bucket)) {
      for (Path upload : uploads.toList()) {
        String name = upload.getFileName().toString();
        Path folder = upload.resolve(folders);
        if (name.startsWith(PREFIX) && name.endsWith(first) && Files.isDirectory(folder)) {
          try (Stream<Path> found = Files.list(folder)) {
            found.map(file -> bucket.relativize(file).toString()).forEach(files::add);
          }
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.waybill.agent.cli;

import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.ObjectName;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can be done with one name of a command line. */
sealed interface LocalFilePlan {

  record Usable(FileEntry entry) implements LocalFilePlan {}

  /** One bad file stops no other. */
  record Unusable(String reason) implements LocalFilePlan {}

  /** Looks at the file, and reads of it what must be readable. */
  static LocalFilePlan of(String given, @Nullable Long partSize, boolean checksum) {
    return of(given, null, partSize, checksum);
  }

  /**
   * The same.
   *
   * @param objectName what the server is told; null for the file's own name, made legal
   */
  static LocalFilePlan of(
      String given, @Nullable String objectName, @Nullable Long partSize, boolean checksum) {
    if (given.isEmpty() || given.indexOf('\0') >= 0) {
      return new Unusable("a file has a name, and this is none: '" + given + "'");
    }
    Path path = LocalPath.of(given);
    if (!Files.isRegularFile(path)) {
      return new Unusable(notAFile(given, path));
    }
    try {
      FileStamp stamp = FileStamp.of(path);
      if (stamp.sizeBytes() == 0) {
        return new Unusable(given + " is empty: there is nothing to upload");
      }
      try (InputStream in = Files.newInputStream(path)) {
        var _ = in.read(); // it opens and yields bytes
      }
      String name = objectName == null ? ObjectName.of(LocalPath.name(path)) : objectName;
      FileEntry entry = FileEntry.planned(LocalPath.stored(path), name, stamp, partSize);
      return new Usable(checksum ? entry.withChecksum(WholeSum.of(path)) : entry);
    } catch (IOException e) {
      return new Unusable(given + " cannot be read: " + DiskTrouble.words(e));
    }
  }

  private static String notAFile(String given, Path path) {
    if (Files.isDirectory(path)) {
      return given + " is a directory; name the files in it, or say -r";
    }
    return Files.exists(path) ? given + " is no regular file" : "there is no file " + given;
  }
}

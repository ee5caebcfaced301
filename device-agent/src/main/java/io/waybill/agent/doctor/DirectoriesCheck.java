package io.waybill.agent.doctor;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.config.WatchEntry.AfterUpload;
import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether watched directories and roots can be read, and written to where files are taken away. */
public final class DirectoriesCheck {

  public static final String DIRECTORIES = "directories";

  private DirectoriesCheck() {}

  public static List<Finding> of(List<Path> roots, List<WatchEntry> watched) {
    List<Finding> findings = new ArrayList<>();
    roots.forEach(root -> findings.add(readable(root, "the server may ask for files in it")));
    for (WatchEntry entry : watched) {
      findings.add(watched(entry));
      Path target = entry.moveTo();
      if (target != null) {
        findings.add(movable(entry.directory(), target));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(DIRECTORIES, "none is watched, and the server may ask for files of none"));
    }
    return findings;
  }

  private static Finding watched(WatchEntry entry) {
    Finding readable = readable(entry.directory(), "it is watched");
    if (readable.level() == Finding.Level.OK
        && entry.removes()
        && !Files.isWritable(entry.directory())) {
      return Finding.warn(
          DIRECTORIES,
          LocalPath.text(entry.directory())
              + " cannot be written to, so uploaded files cannot be taken away",
          "give this user the right to write there, or set after_upload to keep");
    }
    return readable;
  }

  private static Finding readable(Path directory, String why) {
    String shown = LocalPath.text(directory);
    if (!Files.isDirectory(directory)) {
      return Finding.fail(
          DIRECTORIES,
          Trouble.HERE,
          shown + " is no directory, and " + why,
          "make it, mount it, or take it out of the configuration");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      var _ = entries.findFirst();
      return Finding.ok(DIRECTORIES, shown + " can be read; " + why);
    } catch (IOException e) {
      return Finding.fail(
          DIRECTORIES,
          Trouble.HERE,
          shown + " cannot be read, and " + why + ": " + DiskTrouble.words(e),
          "give this user the right to read it (and to enter it)");
    }
  }

  private static Finding movable(Path from, Path to) {
    String shown = LocalPath.text(to);
    try {
      if (!Files.isDirectory(to) || !Files.isWritable(to)) {
        return Finding.warn(
            DIRECTORIES,
            shown + " is no directory that can be written to, so uploaded files stay",
            "make it, or give this user the right to write there");
      }
      if (Files.isDirectory(from) && !Files.getFileStore(from).equals(Files.getFileStore(to))) {
        return Finding.warn(
            DIRECTORIES,
            shown + " is on another file system than " + LocalPath.text(from) + ", so files stay",
            "set "
                + AfterUpload.MOVE.name().toLowerCase(java.util.Locale.ROOT)
                + "_to to a directory on the same one");
      }
      return Finding.ok(DIRECTORIES, shown + " takes uploaded files");
    } catch (IOException e) {
      return Finding.warn(
          DIRECTORIES, shown + ": " + DiskTrouble.words(e), "see whether its disk is well");
    }
  }
}

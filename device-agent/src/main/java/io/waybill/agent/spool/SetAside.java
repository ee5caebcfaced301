package io.waybill.agent.spool;

import io.waybill.agent.local.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Where manifests are that cannot be used, each with its reason beside it. */
record SetAside(Path directory) {

  private static final String REASON = ".reason";

  /** Moves a file here, durably; where it is now. */
  Path take(Path file, String reason) throws IOException {
    Path target = freeName(file.getFileName().toString());
    Files.writeString(directory.resolve(target.getFileName() + REASON), reason + "\n");
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    Directories.force(directory);
    return target;
  }

  List<Path> all() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(file -> !file.getFileName().toString().endsWith(REASON))
          .sorted()
          .toList();
    }
  }

  int forget() throws IOException {
    List<Path> known = all();
    for (Path file : known) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + REASON));
      Files.deleteIfExists(file);
    }
    return known.size();
  }

  private Path freeName(String name) {
    Path target = directory.resolve(name);
    for (int n = 1; Files.exists(target); n++) {
      target = directory.resolve(name + "." + n);
    }
    return target;
  }
}

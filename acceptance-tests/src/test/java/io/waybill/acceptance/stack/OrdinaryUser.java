package io.waybill.acceptance.stack;

import io.waybill.acceptance.site.Program;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Somebody who is not root, where this test is. */
final class OrdinaryUser {
  private static final String NAME = "nobody";
  private static final List<String> RUNNER =
      List.of("setpriv", "--reuid=" + NAME, "--regid=nogroup", "--clear-groups");

  private OrdinaryUser() {}

  /**
   * How programs run as {@code nobody}, who becomes the owner of the folder; empty when we are
   * ordinary ourselves. What is on our class path may be out of reach for others, so it is copied.
   */
  static Optional<Program.Host> owning(Path folder) {
    if (!System.getProperty("user.name").equals("root")) {
      return Optional.empty();
    }
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setOwner(
          folder,
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NAME));
      List<String> copies = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path copy =
            folder.resolve("class-path-" + copies.size()).resolve(Path.of(entry).getFileName());
        copy(Path.of(entry), copy);
        copies.add(copy.toString());
      }
      return Optional.of(new Program.Host(RUNNER, String.join(File.pathSeparator, copies)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    Files.createDirectories(to.getParent());
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }
}

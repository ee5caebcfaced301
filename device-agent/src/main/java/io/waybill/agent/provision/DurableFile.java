package io.waybill.agent.provision;

import io.waybill.agent.local.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that are the old one or the new one, whole, and never readable by more than they say. */
final class DurableFile {

  static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
  static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");

  private DurableFile() {}

  /** The rights of a file that is there, or else these. */
  static Set<PosixFilePermission> rightsOf(Path file, Set<PosixFilePermission> otherwise)
      throws IOException {
    return Files.exists(file) ? Files.getPosixFilePermissions(file) : otherwise;
  }

  /** Writes beside, for whom the folder belongs to; what it answers is to be {@link #put}. */
  static Path beside(Path file, String text, Set<PosixFilePermission> rights) throws IOException {
    Path folder = folder(file);
    Directories.make(folder);
    // Made for us alone: it is opened to others only when it is whole.
    Path fresh = Files.createTempFile(folder, "." + file.getFileName() + "-", ".new");
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      Files.setPosixFilePermissions(fresh, rights);
      give(fresh, folder);
      channel.force(true);
    }
    return fresh;
  }

  /** Root provisions for a service that is somebody else, and that has to read what it is told. */
  private static void give(Path fresh, Path folder) throws IOException {
    if ("root".equals(System.getProperty("user.name"))) {
      PosixFileAttributes whose = Files.readAttributes(folder, PosixFileAttributes.class);
      PosixFileAttributeView file = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
      file.setGroup(whose.group());
      file.setOwner(whose.owner());
    }
  }

  static void put(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(folder(file));
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }
}

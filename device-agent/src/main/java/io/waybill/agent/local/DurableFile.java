package io.waybill.agent.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
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
public final class DurableFile {

  public static final Set<PosixFilePermission> SECRET =
      PosixFilePermissions.fromString("rw-------");
  public static final Set<PosixFilePermission> PUBLIC =
      PosixFilePermissions.fromString("rw-r--r--");

  private static final String AFTER = ".new";

  private DurableFile() {}

  /** The rights of a file that is there, or else these. */
  public static Set<PosixFilePermission> rightsOf(Path file, Set<PosixFilePermission> otherwise)
      throws IOException {
    return Files.exists(file) ? Files.getPosixFilePermissions(file) : otherwise;
  }

  /** Writes beside, for whom the folder belongs to; what it answers is to be {@link #put}. */
  public static Path beside(Path file, String text, Set<PosixFilePermission> rights)
      throws IOException {
    Path folder = folder(file);
    Directories.make(folder);
    // Made for us alone: it is opened to others only when it is whole.
    Path fresh = Files.createTempFile(folder, before(file), AFTER);
    boolean whole = false;
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      write(channel, text);
      Files.setPosixFilePermissions(fresh, rights);
      give(fresh, folder);
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(fresh);
      }
    }
    return fresh;
  }

  /** Another text for what is written {@link #beside}, in the room that it has. */
  public static void rewrite(Path fresh, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      write(channel, text);
      channel.truncate(channel.position());
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Removes what was written {@link #beside} and never {@link #put}, by somebody who died. */
  public static void sweep(Path file) throws IOException {
    String begin = before(file);
    try (DirectoryStream<Path> rests =
        Files.newDirectoryStream(
            folder(file),
            each -> {
              String name = String.valueOf(each.getFileName());
              return name.startsWith(begin) && name.endsWith(AFTER);
            })) {
      for (Path rest : rests) {
        Files.deleteIfExists(rest);
      }
    }
  }

  private static String before(Path file) {
    return "." + file.getFileName() + "-";
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

  public static void put(Path fresh, Path file) throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Directories.force(folder(file));
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }
}

package io.waybill.agent.command;

import io.waybill.agent.local.ByteText;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where other file systems begin. A bind mount has the device number of its own directory, so the
 * kernel's list is asked, too; where there is none, the numbers alone count.
 */
record Mounts(List<Path> points) {

  private static final Path LIST = Path.of("/proc/self/mountinfo");
  private static final int POINT = 4;

  Mounts {
    points = List.copyOf(points);
  }

  /** As they are now. */
  static Mounts now() throws IOException {
    return Files.isReadable(LIST) ? read(ByteText.of(Files.readAllBytes(LIST))) : read("");
  }

  /** Reads the kernel's list. */
  static Mounts read(String list) {
    return new Mounts(
        list.lines()
            .map(line -> line.split(" "))
            .filter(fields -> fields.length > POINT && fields[POINT].startsWith("/"))
            .map(fields -> LocalPath.of(unescaped(fields[POINT])))
            .toList());
  }

  /** Spaces, tabs, newlines and backslashes stand there as three octal digits. */
  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /** Whether something else is mounted between a root and a directory below it, or on that. */
  boolean between(Path root, Path below) throws IOException {
    return points.stream()
            .anyMatch(
                point -> !point.equals(root) && point.startsWith(root) && below.startsWith(point))
        || (Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)
            && !Objects.equals(device(root), device(below)));
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS);
  }
}

package io.waybill.agent.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Directories that are there after the power has failed, and so is what was put into them: a name
 * lasts only when the directory that it is in was forced to disk.
 */
public final class Directories {

  private Directories() {}

  /**
   * Makes a directory, and those above it, where they are not there.
   *
   * @param rights of those that are made
   */
  public static void make(Path directory, FileAttribute<?>... rights) throws IOException {
    List<Path> withNewNames = new ArrayList<>();
    Path above = directory.toAbsolutePath();
    while (!Files.exists(above)) {
      above = Objects.requireNonNull(above.getParent(), "the root is there");
      withNewNames.add(above);
    }
    Files.createDirectories(directory, rights);
    for (Path each : withNewNames.reversed()) {
      force(each);
    }
  }

  /** What was made, renamed or deleted in it stays so. */
  public static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

package io.waybill.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that its owner alone may read, and that is there whole or as it was before. It belongs to
 * whom its directory belongs to: the broker reads it as a user of its own.
 */
final class SecretFile implements AutoCloseable {
  private final Path folder;
  private final String name;
  private final Path draft;
  private final FileChannel channel;
  private final BufferedWriter writer;

  private SecretFile(Path folder, String name, Path draft, FileChannel channel) {
    this.folder = folder;
    this.name = name;
    this.draft = draft;
    this.channel = channel;
    this.writer = new BufferedWriter(Channels.newWriter(channel, UTF_8));
  }

  static SecretFile replacing(Path folder, String name) throws IOException {
    Path draft =
        Files.createTempFile(
            folder,
            "." + name,
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      return new SecretFile(
          folder, name, draft, FileChannel.open(draft, Set.of(StandardOpenOption.WRITE)));
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  void line(String text) throws IOException {
    writer.write(text);
    writer.write('\n');
  }

  /** Takes the place of what was there. False when that was the same: then it stays. */
  boolean keep() throws IOException {
    writer.flush();
    channel.force(true);
    Path file = folder.resolve(name);
    if (Files.exists(file) && Files.mismatch(draft, file) < 0) {
      return false;
    }
    giveAway();
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private void giveAway() throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(folder, PosixFileAttributes.class);
    // Whoever owns the folder could have put a link to a file of ours in the draft's place.
    PosixFileAttributeView view =
        Files.getFileAttributeView(draft, PosixFileAttributeView.class, NOFOLLOW_LINKS);
    if (!wanted.owner().equals(view.readAttributes().owner())) {
      view.setOwner(wanted.owner());
      view.setGroup(wanted.group());
    }
  }

  /** What was not kept is gone. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}

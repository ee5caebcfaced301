package io.waybill.agent.download;

import io.waybill.agent.local.Directories;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How a whole file gets its name: in one step, and over nothing that is there. */
final class Publication {

  private Publication() {}

  /**
   * Gives {@code whole} the name {@code target}, for good.
   *
   * @throws FileAlreadyExistsException where something has the name, and may not lose it
   */
  static void put(Path whole, Path target, boolean replace) throws IOException {
    if (replace) {
      Files.move(
          whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } else {
      link(whole, target);
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Directories.force(folder);
    }
  }

  /** A rename would silently replace what somebody put there a moment ago; a link does not. */
  private static void link(Path whole, Path target) throws IOException {
    try {
      Files.createLink(target, whole);
      Files.delete(whole);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // FAT has no links
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(whole, target);
    }
  }
}

package io.waybill.agent.doctor;

import io.waybill.agent.doctor.Finding.Trouble;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether the state directory can be written to, and for how long still. */
public final class DiskCheck {

  public static final String STATE = "state_dir";

  private static final long MIB = 1 << 20;

  /** A manifest of a hundred files takes a few hundred KiB while it is written. */
  private static final long LITTLE = 64 * MIB;

  private static final long TOO_LITTLE = 2 * MIB;

  private DiskCheck() {}

  public static Finding of(Path state) {
    String shown = LocalPath.text(state);
    long room;
    try {
      Path there = nearest(state);
      room = Files.getFileStore(there).getUsableSpace();
      if (there.equals(state)) {
        Path probe = Files.createTempFile(state, ".doctor-", ".tmp");
        Files.delete(probe);
      } else if (!Files.isWritable(there)) {
        return unusable(shown, "it is not there, and cannot be made in " + LocalPath.text(there));
      }
    } catch (IOException e) {
      return unusable(shown, DiskTrouble.words(e));
    }
    String left = room / MIB + " MiB are free";
    if (room < TOO_LITTLE) {
      return unusable(shown, left);
    }
    return room < LITTLE
        ? Finding.warn(
            STATE, shown + ": " + left, "make room before uploads cannot be written down")
        : Finding.ok(STATE, shown + " can be written to, and " + left);
  }

  private static Finding unusable(String shown, String why) {
    return Finding.fail(
        STATE,
        Trouble.HERE,
        shown + " cannot be used: " + why,
        "make it usable for this user, or set state_dir to a directory that is");
  }

  /** Itself, or the nearest directory above that is there. */
  private static Path nearest(Path directory) {
    @Nullable Path there = directory;
    while (there != null && !Files.isDirectory(there)) {
      there = there.getParent();
    }
    return there == null ? directory : there;
  }
}

package io.waybill.agent.doctor;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last upload of this machine tells of the next ones.
 *
 * @param stays why the local file of the last watched one stays for good; null when it may go
 * @param checked what the store checked of every part; null where the policy wants nothing
 */
public record LastUpload(@Nullable String stays, @Nullable String checked) {

  /** Looks into the state directory, and makes none; null when there was no upload yet. */
  public static @Nullable LastUpload in(Path state) {
    if (!Files.isDirectory(state.resolve("uploads"))) {
      return null;
    }
    try {
      List<Manifest> known = Spool.open(state, (file, reason) -> {}).all();
      for (Manifest upload : known.reversed()) {
        for (FileEntry file : upload.files()) {
          if (file.server() != null) {
            boolean stays = upload.watched() != null && file.state() == FileState.DONE;
            return new LastUpload(stays ? file.reason() : null, file.server().checksumAlgorithm());
          }
        }
      }
    } catch (IOException e) {
      return null; // said by the check of the directory
    }
    return null;
  }
}

package io.waybill.agent.daemon;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The files of unfinished uploads: as they are by now, they are not taken yet. */
final class Busy {

  private final Map<Path, String> uploads = new HashMap<>();

  void add(Manifest upload) {
    for (FileEntry file : upload.files()) {
      uploads.put(file.file(), upload.uploadId());
    }
  }

  void over(String uploadId) {
    uploads.values().removeIf(uploadId::equals);
  }

  boolean has(Path file) {
    return uploads.containsKey(file);
  }
}

package io.waybill.agent.daemon;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.watch.Found;
import io.waybill.agent.watch.Watcher;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Tells the watcher which files are those of uploads, so that it does not find them again. */
record Taken(List<WatchEntry> watch, Watcher watcher, Consumer<String> say) {

  void mark(Manifest upload) {
    for (WatchEntry entry : watch) {
      boolean its = LocalPath.stored(entry.directory()).equals(upload.watched());
      List<Found> files = Planner.takenOf(upload, its, entry.directory());
      if (!files.isEmpty()) {
        try {
          watcher.taken(entry, files);
        } catch (IOException e) {
          say.accept("what was uploaded cannot be written down: " + DiskTrouble.words(e));
        }
      }
    }
  }
}

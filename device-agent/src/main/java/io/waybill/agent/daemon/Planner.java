package io.waybill.agent.daemon;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.ObjectName;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.watch.Batch;
import io.waybill.agent.watch.Found;
import io.waybill.agent.watch.Watcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Makes an upload of what the watcher found: first its manifest, then the watcher forgets it. */
final class Planner {

  private final Spool spool;
  private final Manifest.Owner owner;
  private final InstantSource clock;

  Planner(Spool spool, Manifest.Owner owner, InstantSource clock) {
    this.spool = spool;
    this.owner = owner;
    this.clock = clock;
  }

  /** After this returns, the upload is on the disk; a death in between finds the files again. */
  Manifest plan(Batch batch, Watcher watcher) throws IOException {
    UUID project = batch.entry().project();
    Manifest.Owner whose =
        project == null
            ? owner
            : new Manifest.Owner(owner.tenantId(), owner.deviceId(), project.toString());
    Instant now = clock.instant();
    Manifest manifest =
        Manifest.planned(
                UUID.randomUUID().toString(),
                whose,
                ObjectName.text(batch.name()),
                now,
                batch.files().stream().map(Planner::entry).toList())
            .queued(batch.entry().priority(), LocalPath.stored(batch.entry().directory()));
    spool.save(manifest);
    watcher.taken(batch.entry(), batch.files());
    return manifest;
  }

  private static FileEntry entry(Found found) {
    return FileEntry.planned(
        LocalPath.stored(found.path()),
        ObjectName.of(LocalPath.name(found.path())),
        found.stamp(),
        null);
  }

  /**
   * The files of an upload that a directory's watcher shall not find again: its own, and what was
   * uploaded by hand from there.
   */
  static List<Found> takenOf(Manifest manifest, boolean its, Path directory) {
    return manifest.files().stream()
        .filter(
            file -> its || (file.state() == FileState.DONE && file.file().startsWith(directory)))
        .map(file -> new Found(file.file(), file.stamp()))
        .toList();
  }
}

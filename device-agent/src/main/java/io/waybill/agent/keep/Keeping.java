package io.waybill.agent.keep;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.config.WatchEntry.AfterUpload;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.receipt.Receipt;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Kept;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.watch.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The uploaded files of one watched directory: which may go, and when. What is not known to be
 * stored is not in here, and so stays whatever else is said.
 */
final class Keeping {

  private static final Duration TRY_AGAIN = Duration.ofMinutes(5);

  private final WatchEntry entry;
  private final PinnedKeys keys;
  private final Kept kept;
  private final Consumer<String> say;
  private final Map<String, Instant> notBefore = new HashMap<>();
  private final Set<String> said = new HashSet<>();
  private long reading;
  private long goneSince;

  Keeping(WatchEntry entry, PinnedKeys keys, Kept kept, Consumer<String> say) {
    this.entry = entry;
    this.keys = keys;
    this.kept = kept;
    this.say = say;
  }

  /**
   * An upload is stored, and its receipts are in.
   *
   * @return why its files stay for good; null when some may go
   */
  @Nullable String stored(Spool spool, Manifest upload, Instant at) throws IOException {
    String why = null;
    boolean any = false;
    for (FileEntry file : upload.files()) {
      if (file.state() == FileState.DONE) {
        switch (Receipt.of(file, upload, keys)) {
          case Receipt.Proven _ -> any = true;
          case Receipt.Unproven(String reason) -> why = reason;
        }
      }
    }
    if (why != null && said.add(why)) {
      say.accept("files of " + LocalPath.text(entry.directory()) + " stay here: " + why);
    }
    if (any) {
      kept.take(spool, upload, at);
    }
    return any ? null : why;
  }

  /**
   * Takes away what may go by now.
   *
   * @param held what lay in the directory when it was last read
   */
  void tidy(Instant now, Reading held) throws IOException {
    if (held.number() != reading) {
      reading = held.number();
      goneSince = 0;
    }
    Long most = entry.maxLocalBytes();
    for (Kept.Row row : kept.rows()) {
      boolean due =
          entry.afterUpload() != AfterUpload.KEEP && !now.isBefore(row.at().plus(entry.keepFor()));
      boolean over = most != null && held.bytes() - goneSince > most;
      if (!due && !over) {
        break; // the others are younger
      }
      if (!now.isBefore(notBefore.getOrDefault(row.uploadId(), Instant.EPOCH))) {
        goneSince += remove(row, now);
      }
    }
  }

  private long remove(Kept.Row row, Instant now) throws IOException {
    Optional<Manifest> upload = kept.read(row);
    List<FileEntry> files = upload.map(Manifest::files).orElseGet(List::of);
    long gone = 0;
    boolean again = false;
    for (FileEntry file : files) {
      switch (new Removal(entry, keys).of(file, upload.orElseThrow())) {
        case Removal.Outcome.Gone(var where) -> {
          gone += file.stamp().sizeBytes();
          say.accept(
              file.shownName()
                  + " is stored; "
                  + (where == null ? "deleted" : "moved to " + LocalPath.text(where)));
        }
        case Removal.Outcome.Stays(String why) ->
            say.accept(file.shownName() + " stays here: " + why);
        case Removal.Outcome.NotNow(String why) -> {
          again = true;
          say.accept(file.shownName() + " stays here for now: " + why);
        }
      }
    }
    if (again) {
      notBefore.put(row.uploadId(), now.plus(TRY_AGAIN));
    } else {
      notBefore.remove(row.uploadId());
      kept.forget(row);
    }
    return gone;
  }
}

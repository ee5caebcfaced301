package io.waybill.agent.daemon;

import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the uploads that others have begun in the state directory. */
final class Survey {

  private final Spool spool;
  private final Predicate<String> queued;
  private final Consumer<String> say;
  private final Map<String, FileTime> known = new HashMap<>();

  Survey(Spool spool, Predicate<String> queued, Consumer<String> say) {
    this.spool = spool;
    this.queued = queued;
    this.say = say;
  }

  /** Hands over what is unfinished and not in the queue, unless it is as it was last time. */
  void look(Consumer<Manifest> found) {
    try {
      List<String> ids = spool.ids();
      known.keySet().retainAll(ids);
      for (String id : ids) {
        FileTime written = Files.getLastModifiedTime(spool.pathOf(id));
        if (!queued.test(id) && !written.equals(known.put(id, written))) {
          spool.read(id).filter(upload -> !upload.finished()).ifPresent(found);
        }
      }
    } catch (NoSuchFileException e) {
      // forgotten meanwhile
    } catch (IOException e) {
      say.accept("the state directory cannot be read: " + DiskTrouble.words(e));
    }
  }
}

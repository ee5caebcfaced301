package io.waybill.agent.watch;

import io.waybill.agent.config.WatchEntry;
import java.util.List;

/**
 * What becomes one upload.
 *
 * @param name of its task, as bytes in text
 */
public record Batch(WatchEntry entry, String name, List<Found> files) {
  public Batch {
    files = List.copyOf(files);
  }
}

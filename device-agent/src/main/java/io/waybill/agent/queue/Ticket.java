package io.waybill.agent.queue;

import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.spool.Manifest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the queue knows of an upload; the rest is in its manifest.
 *
 * @param watched the directory that it came from, as manifests have it; null for one asked for by
 *     hand
 * @param files how many it has
 */
public record Ticket(
    String uploadId,
    String name,
    int priority,
    Instant createdAt,
    @Nullable String watched,
    int files) {

  public static Ticket of(Manifest manifest) {
    return new Ticket(
        manifest.uploadId(),
        manifest.taskName(),
        Objects.requireNonNullElse(manifest.priority(), WatchEntry.DEFAULT_PRIORITY),
        manifest.createdAt(),
        manifest.watched(),
        manifest.files().size());
  }
}

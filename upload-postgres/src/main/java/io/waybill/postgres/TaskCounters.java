package io.waybill.postgres;

import static java.util.stream.Collectors.joining;

import io.waybill.core.upload.ObjectStatus;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The counters of {@code upload_tasks}, one per object status, as pieces of an UPDATE. */
final class TaskCounters {
  /**
   * {@code pending_count = t.pending_count + c.pending, …} for task {@code t} and changes {@code
   * c}.
   */
  static final String SET =
      each(o -> "%s = t.%1$s + c.%1$s".formatted(column(o)))
          + ", updated_at = greatest(t.updated_at, c.updated_at)";

  /** How often moves {@code w} go to a status less how often they leave it. */
  static final String DELTAS =
      each(o ->
          "sum((w.object_after = '%s')::int - (w.object_before = '%s')::int) as %s"
              .formatted(o, o, column(o)));

  private TaskCounters() {}

  private static String each(Function<ObjectStatus, String> piece) {
    return Stream.of(ObjectStatus.values()).map(piece).collect(joining(", "));
  }

  /** {@code pending_count}. */
  static String column(ObjectStatus status) {
    return status == ObjectStatus.SKIPPED_INSTANT_UPLOAD
        ? "skipped_count"
        : status.name().toLowerCase(Locale.ROOT) + "_count";
  }
}

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

  /** The status of task {@code t} before changes {@code c}: the rule of its column, run back. */
  static final String STATUS_BEFORE = before();

  private TaskCounters() {}

  private static String before() {
    String others =
        Stream.of(ObjectStatus.values())
            .filter(status -> status != ObjectStatus.PENDING)
            .map(TaskCounters::was)
            .collect(joining(" + "));
    return """
    case when {uploading} > 0 or {completing} > 0 then 'PROCESSING'
      when {paused} > 0 then 'PAUSED'
      when {pending} > 0 then case when {others} = 0 then 'PENDING' else 'PROCESSING' end
      when {failed} > 0 then 'FAILED'
      when {completed} + {skipped} = 0 then 'CANCELLED'
      else 'COMPLETED' end\
    """
        .replace("{others}", others)
        .replace("{uploading}", was(ObjectStatus.UPLOADING))
        .replace("{completing}", was(ObjectStatus.COMPLETING))
        .replace("{paused}", was(ObjectStatus.PAUSED))
        .replace("{pending}", was(ObjectStatus.PENDING))
        .replace("{failed}", was(ObjectStatus.FAILED))
        .replace("{completed}", was(ObjectStatus.COMPLETED))
        .replace("{skipped}", was(ObjectStatus.SKIPPED_INSTANT_UPLOAD));
  }

  private static String was(ObjectStatus status) {
    return "(t.%s - c.%1$s)".formatted(column(status));
  }

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

package io.waybill.core.upload;

import io.waybill.core.device.DeviceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lies beside a session's row and says why it does not move.
 *
 * @param source the device that sends the file; null when none does, and of one that was deleted
 * @param traces the newest event of each type among the last {@link #TAIL} of the timeline, the
 *     newest first; empty where no state {@linkplain #leavesTraces needs} them
 */
public record Signs(@Nullable Source source, List<Trace> traces) {

  /** Events that are read back: more than the acknowledgements of one full batch of URLs. */
  public static final int TAIL = 128;

  /** Nothing is known. */
  public static final Signs NONE = new Signs(null, List.of());

  public Signs {
    traces = List.copyOf(traces);
  }

  /** A device, as far as its uploads depend on it. */
  public record Source(DeviceStatus status, boolean online, @Nullable Instant lastSeenAt) {}

  /**
   * An event of the timeline.
   *
   * @param type such as {@code upload.paused}
   * @param until of issued URLs
   */
  public record Trace(
      String type, Instant at, String actor, @Nullable Instant until, Map<String, Object> details) {
    public Trace {
      details = Map.copyOf(details);
    }

    boolean is(UploadEvent event) {
      return type.equals(event.code());
    }

    /** A detail's text; empty when there is none. */
    String text(String detail) {
      Object value = details.get(detail);
      return value == null ? "" : value.toString();
    }

    long number(String detail) {
      return details.get(detail) instanceof Number value ? value.longValue() : 0;
    }
  }

  /** Whether a session in this state is read with its timeline. */
  public static boolean leavesTraces(SessionStatus status) {
    return switch (status) {
      case INITIATED, UPLOADING, PAUSED, COMPLETING -> true;
      case INITIATING, COMPLETED, ABORTING, ABORTED, EXPIRED, FAILED -> false;
    };
  }

  Optional<Trace> last(UploadEvent event) {
    return traces.stream().filter(trace -> trace.is(event)).findFirst();
  }

  /** The last that somebody did to it; that somebody looked, or gave it more time, is nothing. */
  Optional<Trace> newest() {
    return traces.stream()
        .filter(trace -> !trace.is(UploadEvent.PARTS_RECONCILED) && !trace.is(UploadEvent.EXTENDED))
        .findFirst();
  }
}

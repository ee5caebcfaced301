package io.waybill.core.upload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of the objects of a task that was paused, resumed, cancelled or retried. */
public record TaskMoved(UUID taskId, TaskStatus status, List<MovedObject> objects) {
  public TaskMoved {
    objects = List.copyOf(objects);
  }

  /**
   * One of them.
   *
   * @param sessionId its current session
   * @param error why it stays as it is; null when it does not, or was there already
   */
  public record MovedObject(
      UUID objectId, UUID sessionId, ObjectStatus status, @Nullable Why error) {}

  /** As in a refusal of a session's own command. */
  public record Why(String code, String message, Map<String, Object> details) {
    public Why {
      details =
          details == null // remembered by a release that told none
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }
}

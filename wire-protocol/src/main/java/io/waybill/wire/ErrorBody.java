package io.waybill.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why not, and whether asking again can help. */
public record ErrorBody(
    String code,
    String message,
    Map<String, Object> details,
    boolean retryable,
    @Nullable Long retryAfterSeconds) {
  public ErrorBody {
    details = details == null ? Map.of() : Plain.copy(details);
  }
}

package io.waybill.core.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of each of many, in the order they were named. */
public record DatasetsChanged(List<Result> results) {
  public DatasetsChanged {
    results = List.copyOf(results);
  }

  /**
   * One of them.
   *
   * @param version it has now; null where it stays as it is
   * @param error why it stays as it is; null where it does not
   */
  public record Result(UUID datasetId, @Nullable Long version, @Nullable Why error) {}

  /** As in a refusal of the command for one. */
  public record Why(String code, String message, Map<String, Object> details) {
    public Why {
      details =
          details == null // remembered by a release that told none
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
  }
}

package io.waybill.core.dataset;

import io.waybill.core.event.OutboxEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every event of a dataset says of it: CloudEvents {@code data}. */
public final class DatasetNews {

  private DatasetNews() {}

  public static Map<String, Object> of(Dataset dataset) {
    return of(
        dataset.projectId(),
        dataset.datasetId(),
        dataset.name(),
        dataset.status(),
        dataset.sourceDeviceId());
  }

  /**
   * The same of one that is not at hand as a whole.
   *
   * @param sourceDeviceId who hears of it; null where no device does
   */
  public static Map<String, Object> of(
      UUID projectId,
      UUID datasetId,
      String name,
      DatasetStatus status,
      @Nullable UUID sourceDeviceId) {
    Map<String, Object> news = new TreeMap<>();
    news.put("project_id", projectId.toString());
    news.put("dataset_id", datasetId.toString());
    news.put("name", name);
    news.put("status", status.name());
    if (sourceDeviceId != null) {
      news.put(OutboxEvent.SOURCE_DEVICE, sourceDeviceId.toString());
    }
    return news;
  }
}

package io.waybill.core.dataset;

import java.util.Map;
import java.util.UUID;

/** What there is to look at of a dataset. */
public record PreviewAnswer(
    UUID datasetId, PreviewStatus previewStatus, Map<String, Object> previewMetadata) {
  public PreviewAnswer {
    previewMetadata = Map.copyOf(previewMetadata);
  }
}

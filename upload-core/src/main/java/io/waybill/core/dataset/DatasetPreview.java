package io.waybill.core.dataset;

import java.util.Map;

/** What was read out of a dataset's object, to be shown. */
public record DatasetPreview(PreviewStatus status, Map<String, Object> metadata) {

  public static final DatasetPreview NONE = new DatasetPreview(PreviewStatus.NONE, Map.of());

  public DatasetPreview {
    metadata = Map.copyOf(metadata);
  }
}

package io.waybill.core.dataset;

import java.util.List;
import java.util.UUID;

/** What validators have said of a dataset, the latest first. */
public record ValidationAnswer(
    UUID datasetId, ValidationStatus validationStatus, List<ValidationResult> results) {
  public ValidationAnswer {
    results = List.copyOf(results);
  }
}

package io.waybill.core.dataset;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one validator said of a dataset's object.
 *
 * @param validatorVersion of the validator that said it
 * @param extracted what it has read out of the object
 * @param errors what is wrong with it, for people
 * @param finishedAt null while it is at work
 */
public record ValidationResult(
    UUID resultId,
    String validator,
    String validatorVersion,
    ValidationStatus status,
    Map<String, Object> extracted,
    List<String> errors,
    Instant startedAt,
    @Nullable Instant finishedAt) {
  public ValidationResult {
    extracted = Map.copyOf(extracted);
    errors = List.copyOf(errors);
  }
}

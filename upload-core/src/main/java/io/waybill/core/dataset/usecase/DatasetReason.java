package io.waybill.core.dataset.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Why somebody does what is asked about later: it must be said. */
final class DatasetReason {
  private static final int CHARS = 1000;

  private DatasetReason() {}

  static Verdict<String> check(String reason) {
    List<FieldError> errors = new ArrayList<>(ReadableText.check("reason", reason, CHARS));
    if (reason.isBlank()) {
      errors.add(new FieldError("reason", EntryCode.REQUEST_FIELD_REQUIRED, "must say why"));
    }
    return errors.isEmpty() ? Verdict.ok(reason) : Verdict.refused(Refusal.invalid(errors));
  }
}

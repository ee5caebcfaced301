package io.waybill.validators;

import io.waybill.core.validation.FileInspector;
import io.waybill.validators.reading.CachedSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.InspectionLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs readers where it stands: for tests and simulations. Time and memory are not bounded here.
 */
public final class InProcessInspector implements FileInspector {

  private final List<DatasetValidator> validators;
  private final InspectionLimits limits;

  public InProcessInspector(List<DatasetValidator> validators, InspectionLimits limits) {
    this.validators = List.copyOf(validators);
    this.limits = limits;
  }

  @Override
  public List<Judgement> inspect(Subject file, Bytes bytes) {
    Budget budget = new Budget(file, bytes, limits);
    byte[] head = Head.of(file, budget);
    List<Judgement> judgements = new ArrayList<>();
    for (DatasetValidator validator : validators) {
      if (validator.kind().takes(file, head)) {
        CachedSource source = new CachedSource(file.sizeBytes(), head, budget::read);
        judgements.add(Inspection.of(validator, source));
      }
    }
    return judgements;
  }
}

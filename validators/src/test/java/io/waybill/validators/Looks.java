package io.waybill.validators;

import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.InspectionLimits;
import java.util.List;

/** Looks into one file with one reader. */
public final class Looks {

  private Looks() {}

  public static Judgement at(DatasetValidator validator, byte[] file) {
    String ending = validator.kind().endings().iterator().next();
    Subject subject = new Subject("file" + ending, "application/octet-stream", file.length);
    return new InProcessInspector(List.of(validator), InspectionLimits.DEFAULT)
        .inspect(subject, Sample.stored(file))
        .getFirst();
  }
}

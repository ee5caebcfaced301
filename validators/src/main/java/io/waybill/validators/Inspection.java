package io.waybill.validators;

import io.waybill.core.Outage;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.reading.BudgetSpent;
import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Malformed;
import java.io.UncheckedIOException;

/** One reader over one file. */
public final class Inspection {

  private Inspection() {}

  /**
   * What the reader says. Whatever goes wrong in it is its own; what does not come from it, an
   * outage of storage or a heap that is full, passes through.
   */
  public static Judgement of(DatasetValidator validator, ByteSource file) {
    Findings findings = new Findings();
    try {
      validator.read(file, findings);
    } catch (Malformed wrong) {
      findings.wrong(wrong.offset(), wrong.what());
    } catch (BudgetSpent spent) {
      return findings.unfinished(validator.kind(), spent.what());
    } catch (Outage | UncheckedIOException notTheReaders) {
      throw notTheReaders;
    } catch (RuntimeException | StackOverflowError broken) {
      return findings.broken(validator.kind(), "the reader broke: " + broken);
    }
    return findings.judged(validator.kind());
  }
}

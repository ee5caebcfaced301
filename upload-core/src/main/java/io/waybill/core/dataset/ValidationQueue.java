package io.waybill.core.dataset;

import io.waybill.core.storage.ChecksumMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Datasets that wait for validators: PENDING or RUNNING, and PROCESSING; or READY or ARCHIVED, and
 * summed afterwards. A claim is a lease with a number; who has lost it writes nothing.
 */
public interface ValidationQueue {

  /**
   * Those that are due, at most so many, those that nobody has claimed first; each is RUNNING then
   * and left to the caller until that time. One that somebody else is at work on is left out.
   */
  List<Due> claim(Instant now, Instant until, int limit);

  /** Keeps a claim for longer; false when it is another's, or nothing is left to do. */
  boolean keep(UUID datasetId, int attempt, Instant until);

  /**
   * Writes what validators have said and ends the claim; false, and nothing is written, when it is
   * another's, nothing is left to do, or a recovery looks for its object first. The dataset is
   * locked then, and still RUNNING.
   */
  boolean finish(UUID datasetId, int attempt, Findings findings);

  /** How many wait or are being looked at. */
  Depth depth();

  /**
   * A claimed dataset.
   *
   * @param attempt the number of this claim
   * @param checksumMode of the upload that its object is of
   */
  record Due(Dataset dataset, int attempt, ChecksumMode checksumMode) {

    /** Whether people use it already: only its bytes are summed. */
    public boolean isInUse() {
      return dataset.status() != DatasetStatus.PROCESSING;
    }
  }

  /** What validators have said, and what there is to show of it. */
  record Findings(List<ValidationResult> results, DatasetPreview preview) {
    public Findings {
      results = List.copyOf(results);
    }
  }

  /**
   * How much there is to do.
   *
   * @param oldest since when the first of them waits; null where none does
   */
  record Depth(long waiting, @Nullable Instant oldest) {}
}

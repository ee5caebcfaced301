package io.waybill.core.dataset;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import java.util.UUID;

/**
 * One dataset as it is shown to a caller, with why it stands still. Who knows that looks at
 * uploads, too, of which datasets know nothing.
 */
@FunctionalInterface
public interface DatasetSight {
  Verdict<DatasetAnswer> handle(Caller caller, UUID projectId, UUID datasetId);
}

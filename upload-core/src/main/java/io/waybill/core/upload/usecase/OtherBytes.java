package io.waybill.core.upload.usecase;

import io.waybill.core.access.Origin;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetNews;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.IdSource;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a dataset whose object has another sum, by its store's own word, than its parts
 * had: the upload is complete, and its bytes are not those that were sent.
 */
final class OtherBytes {
  private OtherBytes() {}

  /** REJECTED, in the transaction that ends the upload, unless another upload fills it by now. */
  static void reject(UploadStores tx, IdSource ids, Session.Completed done, Origin origin) {
    Upload upload = done.upload();
    Dataset known =
        tx.datasetChanges()
            .lock(
                upload.owner().tenantId(),
                upload.owner().projectId(),
                Set.of(upload.owner().datasetId()))
            .get(upload.owner().datasetId());
    if (known == null || !upload.location().equals(known.location())) {
      return;
    }
    Dataset after =
        known.with(
            known.standing().in(DatasetStatus.REJECTED, null).validated(ValidationStatus.FAILED),
            done.completedAt());
    tx.datasetChanges().update(after);
    tx.events().append(facts(new Journal(ids), after, origin));
  }

  private static Facts facts(Journal journal, Dataset after, Origin origin) {
    DatasetEvent event = DatasetEvent.REJECTED;
    Map<String, Object> details =
        Map.of("errors", "the store's sum of the object is not that of its parts");
    return Facts.of(journal.audit(event, after.resource(), origin, after.updatedAt(), details))
        .and(
            Facts.of(
                journal.outbox(
                    event,
                    after.resource(),
                    after.version(),
                    after.updatedAt(),
                    DatasetNews.of(after))));
  }
}

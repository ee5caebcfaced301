package io.waybill.core.upload;

import io.waybill.core.access.Resource;
import io.waybill.core.dataset.DatasetEvent;
import io.waybill.core.dataset.DatasetNews;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.event.OutboxEvent;
import java.util.UUID;

/**
 * That a dataset is READY, in case the end of an upload makes it so. Whether it does stands in rows
 * that the upload does not read: what must be validated is not, and what another upload fills by
 * now is not either. Whoever writes the end of the upload knows, and completes the sentence.
 *
 * @param eventId the id of the event, should there be one
 * @param completed the upload as it ends
 */
public record ReadyNews(UUID eventId, Upload completed) {

  /** The event, about the dataset as the end of the upload has left it. */
  public OutboxEvent of(String datasetName, long datasetVersion) {
    Owner owner = completed.owner();
    Resource dataset = Resource.dataset(owner.tenantId(), owner.projectId(), owner.datasetId());
    return new OutboxEvent(
        eventId,
        owner.tenantId(),
        owner.projectId(),
        dataset.self().kind().code(),
        owner.datasetId(),
        datasetVersion,
        DatasetEvent.READY.code(),
        completed.updatedAt(),
        DatasetNews.of(
            owner.projectId(),
            owner.datasetId(),
            datasetName,
            DatasetStatus.READY,
            owner.sourceDeviceId()));
  }
}

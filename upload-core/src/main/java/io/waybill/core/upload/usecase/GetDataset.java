package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetAnswer;
import io.waybill.core.dataset.DatasetSight;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.upload.DatasetDiagnosis;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore.Observed;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one dataset, with why it, or the upload that fills it, stands still. */
public final class GetDataset implements DatasetSight {
  private final Ports<? extends UploadStores> ports;
  private final Limits limits;
  private final ReadDatasets datasets;

  public GetDataset(Ports<? extends UploadStores> ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
    this.datasets = new ReadDatasets(ports);
  }

  @Override
  public Verdict<DatasetAnswer> handle(Caller caller, UUID projectId, UUID datasetId) {
    return datasets
        .one(caller, projectId, datasetId)
        .map(dataset -> DatasetAnswer.of(dataset, diagnosis(dataset)));
  }

  private @Nullable Diagnosis diagnosis(Dataset dataset) {
    Instant now = ports.now();
    Optional<Observed> upload =
        DatasetDiagnosis.needsUpload(dataset.status())
            ? ports
                .work()
                .read(tx -> tx.sessions().ofDataset(dataset.tenantId(), dataset.datasetId()))
            : Optional.empty();
    Diagnoses diagnoses = new Diagnoses(ports, limits, now);
    Optional<Session> session = upload.map(seen -> seen.progress().session().asOf(now));
    Optional<Diagnosis> ofUpload =
        upload.flatMap(seen -> Optional.ofNullable(diagnoses.of(seen.progress(), seen.signs())));
    return DatasetDiagnosis.of(dataset, session, ofUpload.orElse(null));
  }
}

package io.waybill.core.memory;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

record MemoryVerifiedChecksums(MemoryTransaction tx) implements VerifiedChecksums {

  private static final Table<UUID, Verified> SUMS = Table.of("verified_checksums");

  @Override
  public void keep(Verified verified) {
    tx.of(SUMS).put(verified.datasetId(), verified);
  }

  @Override
  public Map<Content, Twin> twins(
      UUID tenantId, UUID projectId, String endpointRef, Set<Content> contents) {
    Map<Content, Twin> twins = new HashMap<>();
    for (Verified sum : oldestFirst()) {
      Content content = new Content(sum.sha256(), sum.object().sizeBytes());
      Dataset dataset = tx.of(MemoryDatasets.DATASETS).get(sum.datasetId());
      if (contents.contains(content)
          && sum.tenantId().equals(tenantId)
          && sum.projectId().equals(projectId)
          && dataset != null
          && isAt(endpointRef, dataset, sum.object())) {
        twins.put(content, twin(dataset, sum)); // the last one stays
      }
    }
    return twins;
  }

  private List<Verified> oldestFirst() {
    return tx.of(SUMS).values().stream().sorted(Comparator.comparing(Verified::at)).toList();
  }

  private static boolean isAt(String endpointRef, Dataset dataset, StoredObject summed) {
    ObjectLocation location = dataset.location();
    StoredObject object = dataset.object();
    return dataset.status() == DatasetStatus.READY
        && location != null
        && location.endpointRef().equals(endpointRef)
        && object != null
        && object.etag().equals(summed.etag())
        && Objects.equals(object.versionId(), summed.versionId())
        && object.sizeBytes() == summed.sizeBytes();
  }

  private static Twin twin(Dataset dataset, Verified sum) {
    return new Twin(
        dataset.datasetId(),
        sum.sha256(),
        Objects.requireNonNull(dataset.location()),
        sum.object().versionId(),
        sum.object().etag());
  }
}

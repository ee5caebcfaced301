package io.waybill.core.dataset;

import io.waybill.core.project.ProjectStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Datasets. What moves with an upload is written by the uploads' stores, in the same statement. */
public interface DatasetStore {

  Optional<Dataset> find(UUID tenantId, UUID projectId, UUID datasetId);

  /** Newest first; see {@link ProjectStore#list} for paging. */
  List<Dataset> list(Query query);

  /** What validators have said of it, the latest first; at most so many. */
  List<ValidationResult> validations(UUID tenantId, UUID datasetId, int limit);

  /**
   * Keeps the SHA-256 of the whole file, lower-case hex, as a client reports it at the end.
   *
   * @return false, and nothing is written, when another one was reported before
   */
  boolean reportChecksum(UUID tenantId, UUID datasetId, String sha256);

  /**
   * Locks these datasets, in the order of their ids, until the transaction ends. Those that are not
   * in the project, DELETED or PURGED are left out.
   */
  Map<UUID, UploadTarget> lockForUpload(
      UUID tenantId, UUID projectId, Set<UUID> datasetIds, Instant now);

  /**
   * A dataset that somebody wants to fill.
   *
   * @param isUploading whether an upload to it is open: not ended, aborting or past its end
   */
  record UploadTarget(Dataset dataset, boolean isUploading) {}

  /**
   * One page of a list.
   *
   * @param before the last id of the page before; null for the first page
   * @param except never these
   * @param onlyDevices only what came from one of these; empty for all
   */
  record Query(
      UUID tenantId,
      UUID projectId,
      DatasetFilter filter,
      @Nullable UUID before,
      Set<UUID> except,
      Set<UUID> onlyDevices,
      int limit) {
    public Query {
      except = Set.copyOf(except);
      onlyDevices = Set.copyOf(onlyDevices);
    }
  }
}

package io.waybill.core.upload.usecase;

import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums.Content;
import io.waybill.core.dataset.VerifiedChecksums.Verified;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.NewTask;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadStores;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which files of a create the project has already: of which the verified checksum and size are the
 * same.
 */
final class Twins {

  private Twins() {}

  /** Asks the database only where the policy allows it and a file comes with its checksum. */
  static Map<Content, Twin> of(UploadStores tx, UUID tenantId, NewTask task, StoragePolicy policy) {
    Set<Content> contents =
        policy.instantUploadAllowed()
            ? task.objects().stream()
                .flatMap(file -> content(file).stream())
                .collect(Collectors.toSet())
            : Set.of();
    return contents.isEmpty()
        ? Map.of()
        : tx.verifiedChecksums().twins(tenantId, task.projectId(), policy.endpointRef(), contents);
  }

  /** What the file holds, where its client says so. */
  static Optional<Content> content(NewTask.File file) {
    return Optional.ofNullable(file.checksumSha256())
        .map(sha256 -> new Content(sha256, file.fileSizeBytes()));
  }

  /**
   * A file in one part whose SHA-256 storage has checked: the sum of the part is that of the file,
   * and nobody need read it to know.
   */
  static void keepProven(
      UploadStores tx, Upload upload, List<StoredPart> parts, StoredObject object, Instant at) {
    if (parts.size() == 1
        && upload.plan().partCount() == 1
        && upload.protection().checksum().algorithm() == ChecksumAlgorithm.SHA256) {
      String sum = parts.getFirst().sums().get(ChecksumAlgorithm.SHA256);
      if (sum != null && ChecksumAlgorithm.SHA256.isSum(sum)) {
        String sha256 = HexFormat.of().formatHex(Base64.getDecoder().decode(sum));
        tx.verifiedChecksums().keep(verified(upload, sha256, object, at));
      }
    }
  }

  static Verified verified(Upload upload, String sha256, StoredObject object, Instant at) {
    Owner owner = upload.owner();
    return new Verified(owner.tenantId(), owner.projectId(), owner.datasetId(), sha256, object, at);
  }
}

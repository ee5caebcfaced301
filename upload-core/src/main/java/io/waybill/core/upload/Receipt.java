package io.waybill.core.upload;

import io.waybill.core.storage.ChecksumAlgorithm;
import io.waybill.core.storage.StoredObject;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt says of a completed upload. All of it stands in the session, which does not change
 * any more: the same whenever it is asked for.
 *
 * @param versionId null where the bucket is not versioned
 * @param partListSha256 {@link PartList} of its parts; null where nobody knows them any more
 */
public record Receipt(
    UUID sessionId,
    UUID tenantId,
    UUID projectId,
    UUID datasetId,
    String bucket,
    String objectKey,
    @Nullable String versionId,
    long sizeBytes,
    Checksums checksums,
    VerifiedBy verifiedBy,
    @Nullable String partListSha256,
    Instant completedAt) {

  /**
   * Sums of the whole object, by algorithm.
   *
   * @param clientReported lower-case hex of the file, as its client has reported it; nobody looked
   * @param storage as the store keeps and writes them
   * @param combined of the whole object in Base64, from the sums of its parts, which the store has
   *     checked
   */
  public record Checksums(
      SortedMap<String, String> clientReported,
      SortedMap<String, String> storage,
      SortedMap<String, String> combined) {
    public Checksums {
      clientReported = Collections.unmodifiableSortedMap(new TreeMap<>(clientReported));
      storage = Collections.unmodifiableSortedMap(new TreeMap<>(storage));
      combined = Collections.unmodifiableSortedMap(new TreeMap<>(combined));
    }

    static Checksums of(@Nullable String reportedSha256, StoredObject object) {
      SortedMap<String, String> storage = new TreeMap<>(object.sums());
      SortedMap<String, String> combined = new TreeMap<>();
      for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
        String sum = storage.remove(algorithm.combinedWord());
        if (sum != null) {
          combined.put(algorithm.word(), sum);
        }
      }
      return new Checksums(
          new TreeMap<>(reportedSha256 == null ? Map.of() : Map.of("sha256", reportedSha256)),
          storage,
          combined);
    }
  }

  public static Receipt of(Session.Completed done) {
    Upload upload = done.upload();
    return new Receipt(
        upload.sessionId(),
        upload.owner().tenantId(),
        upload.owner().projectId(),
        upload.owner().datasetId(),
        upload.location().bucket(),
        upload.location().key(),
        done.object().versionId(),
        done.object().sizeBytes(),
        Checksums.of(upload.checksumSha256(), done.object()),
        VerifiedBy.of(upload),
        done.partListSha256(),
        done.completedAt());
  }
}

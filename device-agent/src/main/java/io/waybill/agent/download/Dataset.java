package io.waybill.agent.download;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as the API tells of it: what we need to fetch it, and to know it whole.
 *
 * @param objectEtag what the store calls these bytes; null before there are any
 * @param checksumSha256 in hex; null where nobody has told or worked it out
 */
public record Dataset(
    UUID datasetId,
    UUID projectId,
    String name,
    String status,
    @Nullable String originalFilename,
    @Nullable Long fileSizeBytes,
    @Nullable Long objectSizeBytes,
    @Nullable String objectEtag,
    @Nullable String checksumSha256) {

  /** How many bytes there are to fetch; 0 where there are none yet. */
  public long sizeBytes() {
    if (objectSizeBytes != null) {
      return objectSizeBytes;
    }
    return fileSizeBytes == null ? 0 : fileSizeBytes;
  }

  /** What it is called here. The server's names are somebody else's words. */
  public String localName() {
    return SafeName.of(originalFilename == null ? name : originalFilename);
  }
}

package io.waybill.core.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The file that a dataset is made of, as its upload told.
 *
 * @param sizeBytes 0 while there was no upload yet; then the other fields mean nothing
 * @param checksumSha256 lower-case hex, as the client reported it
 */
public record DatasetFile(
    String originalFilename, String contentType, long sizeBytes, @Nullable String checksumSha256) {

  /** Of a dataset that no upload has begun to fill. */
  public static DatasetFile none(String name) {
    return new DatasetFile(name, "application/octet-stream", 0, null);
  }

  /** Whether an upload has ever begun to fill it. */
  public boolean isKnown() {
    return sizeBytes > 0;
  }

  /** The same with the checksum that a client has reported. */
  public DatasetFile withChecksum(@Nullable String sha256) {
    return new DatasetFile(originalFilename, contentType, sizeBytes, sha256);
  }
}

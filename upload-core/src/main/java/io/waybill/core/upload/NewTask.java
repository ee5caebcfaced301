package io.waybill.core.upload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a task, as both transports give it.
 *
 * @param taskInitiator {@code web}, {@code cli}, {@code device} or {@code api}
 * @param sourceDeviceId the device that will send the bytes
 * @param sourceDeviceCode free text that is kept and shown; names no device and gives no right
 * @param storagePolicyId null for the project's, else the tenant's default
 * @param presign null for no URLs in the answer
 */
public record NewTask(
    UUID projectId,
    @Nullable String taskName,
    String taskInitiator,
    @Nullable UUID sourceDeviceId,
    @Nullable String sourceDeviceCode,
    @Nullable UUID storagePolicyId,
    List<File> objects,
    Map<String, Object> metadata,
    @Nullable Presign presign) {

  public NewTask {
    objects = List.copyOf(objects);
    metadata = Map.copyOf(metadata);
  }

  /**
   * One file.
   *
   * @param datasetId a dataset to fill that exists already; null for a new one
   * @param datasetName of a new dataset; null for the object's name
   * @param contentType null for {@code application/octet-stream}
   * @param partSizeBytes null for the smallest that fits
   * @param checksumSha256 lower-case hex
   */
  public record File(
      @Nullable UUID datasetId,
      @Nullable String datasetName,
      String objectName,
      long fileSizeBytes,
      @Nullable String contentType,
      @Nullable Long partSizeBytes,
      @Nullable String checksumSha256,
      Map<String, Object> metadata) {
    public File {
      checksumSha256 = checksumSha256 == null ? null : checksumSha256.toLowerCase(Locale.ROOT);
      metadata = Map.copyOf(metadata);
    }

    /** A file for a dataset of its own. */
    public File(
        @Nullable String datasetName,
        String objectName,
        long fileSizeBytes,
        @Nullable String contentType,
        @Nullable Long partSizeBytes,
        @Nullable String checksumSha256,
        Map<String, Object> metadata) {
      this(
          null,
          datasetName,
          objectName,
          fileSizeBytes,
          contentType,
          partSizeBytes,
          checksumSha256,
          metadata);
    }
  }

  /**
   * URLs of the first parts of every object, in the same answer.
   *
   * @param expiresInSeconds null for 900
   * @param compact which encoding
   */
  public record Presign(int first, @Nullable Integer expiresInSeconds, boolean compact) {}
}

package io.waybill.core.project;

import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.Protection;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules of storage for a project's uploads.
 *
 * @param endpointRef name of an entry in the operator's configuration, never a URL
 * @param defaultPartSizeBytes part size of uploads that ask for none
 * @param urlLife life of a URL for requests that ask for none
 * @param sessionLife life of a session from its creation; null for the installation's
 * @param maxSessionLife how far extend can move the end, from the creation; null for the
 *     installation's, which bounds it in any case
 * @param contentTypes allowed content types; empty allows all
 * @param validationRequired whether a finished upload waits for a validator in any case
 * @param protection what guards the bytes of uploads that are made from now on
 * @param instantUploadAllowed whether a file that the project has already is copied in storage
 */
public record StoragePolicy(
    UUID storagePolicyId,
    String endpointRef,
    String bucket,
    long defaultPartSizeBytes,
    Duration urlLife,
    @Nullable Duration sessionLife,
    @Nullable Duration maxSessionLife,
    Set<String> contentTypes,
    boolean validationRequired,
    Protection protection,
    boolean instantUploadAllowed) {

  public StoragePolicy {
    contentTypes = Set.copyOf(contentTypes);
  }

  /** One under which nothing guards the bytes, and each file is sent. */
  public StoragePolicy(
      UUID storagePolicyId,
      String endpointRef,
      String bucket,
      long defaultPartSizeBytes,
      Duration urlLife,
      @Nullable Duration sessionLife,
      @Nullable Duration maxSessionLife,
      Set<String> contentTypes,
      boolean validationRequired) {
    this(
        storagePolicyId,
        endpointRef,
        bucket,
        defaultPartSizeBytes,
        urlLife,
        sessionLife,
        maxSessionLife,
        contentTypes,
        validationRequired,
        Protection.USUAL,
        false);
  }

  /** Whether a finished upload waits for validators before it is READY. */
  public boolean isValidated() {
    return validationRequired || protection.checksum() == ChecksumMode.SERVER_STRICT_VALIDATE;
  }
}

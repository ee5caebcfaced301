package io.waybill.core.policy;

import io.waybill.core.storage.Protection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a storage policy says.
 *
 * @param name no other policy of the tenant has it
 * @param isDefault whether projects without a policy of their own store by this one
 * @param lives how long things may take
 * @param contentTypes allowed ones; empty allows all
 * @param validationRequired whether a finished upload waits for a validator before it is READY
 * @param instantUploadAllowed whether bytes that are stored already need not be sent again
 */
public record PolicyProfile(
    String name,
    PolicyStatus status,
    boolean isDefault,
    Place place,
    long defaultPartSizeBytes,
    Lives lives,
    Protection protection,
    List<String> contentTypes,
    boolean validationRequired,
    boolean instantUploadAllowed) {

  public PolicyProfile {
    contentTypes = List.copyOf(contentTypes);
  }

  /**
   * Where the bytes go.
   *
   * @param endpointRef name of an entry in the operator's configuration, as the bucket is one of it
   * @param region the endpoint's; null until it is looked up
   */
  public record Place(String endpointRef, String bucket, @Nullable String region) {}

  /**
   * How long things may take.
   *
   * @param sessionSeconds null for the installation's, as the longest
   * @param retentionDays how long deleted data is kept at least; null for the project's
   */
  public record Lives(
      long urlSeconds,
      @Nullable Long sessionSeconds,
      @Nullable Long maxSessionSeconds,
      @Nullable Integer retentionDays) {}

  /** The same somewhere else. */
  public PolicyProfile at(Place other) {
    return with(isDefault, other);
  }

  PolicyProfile withoutDefault() {
    return with(false, place);
  }

  private PolicyProfile with(boolean asDefault, Place at) {
    return new PolicyProfile(
        name,
        status,
        asDefault,
        at,
        defaultPartSizeBytes,
        lives,
        protection,
        contentTypes,
        validationRequired,
        instantUploadAllowed);
  }
}

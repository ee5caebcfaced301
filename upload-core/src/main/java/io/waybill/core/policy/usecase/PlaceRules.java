package io.waybill.core.policy.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.storage.StorageDirectory.Endpoint;
import java.util.ArrayList;
import java.util.List;

/** A policy names what the operator has configured, and nothing else. */
final class PlaceRules {
  private final StorageDirectory directory;

  PlaceRules(StorageDirectory directory) {
    this.directory = directory;
  }

  /** The same in the endpoint's own region where none is said. */
  PolicyProfile settled(PolicyProfile profile) {
    Place place = profile.place();
    return place.region() != null
        ? profile
        : directory
            .find(place.endpointRef())
            .map(endpoint ->
                profile.at(new Place(place.endpointRef(), place.bucket(), endpoint.region())))
            .orElse(profile);
  }

  List<FieldError> check(PolicyProfile profile) {
    Place place = profile.place();
    return directory
        .find(place.endpointRef())
        .map(endpoint -> check(profile, endpoint))
        .orElseGet(() ->
            List.of(
                unknown("endpoint_ref", "the operator has configured no such storage endpoint")));
  }

  private static List<FieldError> check(PolicyProfile profile, Endpoint endpoint) {
    List<FieldError> errors = new ArrayList<>();
    if (!endpoint.buckets().contains(profile.place().bucket())) {
      errors.add(unknown("bucket", "the operator has configured no such bucket for this endpoint"));
    }
    if (!endpoint.region().equals(profile.place().region())) {
      errors.add(
          new FieldError(
              "region",
              EntryCode.REQUEST_FIELD_INVALID,
              "the endpoint is in " + endpoint.region() + "; leave the field out"));
    }
    key(profile, endpoint, errors);
    return errors;
  }

  private static void key(PolicyProfile profile, Endpoint endpoint, List<FieldError> errors) {
    String key = profile.protection().kmsKeyRef();
    boolean takesKey = profile.protection().encryption() == EncryptionMode.SSE_KMS;
    if (key != null && !takesKey) {
      errors.add(
          new FieldError(
              "kms_key_ref",
              EntryCode.REQUEST_FIELD_INVALID,
              "goes with encryption_mode SSE_KMS only"));
    } else if (key != null && !endpoint.kmsKeyRefs().contains(key)) {
      errors.add(
          unknown("kms_key_ref", "the operator has configured no such key for this endpoint"));
    }
  }

  private static FieldError unknown(String field, String message) {
    return new FieldError(field, EntryCode.STORAGE_POLICY_NOT_CONFIGURED, message);
  }
}

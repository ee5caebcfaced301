package io.waybill.controlapi.project;

import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST …/storage-policy}: without a policy, the tenant's default. */
record StoragePolicyBody(@Nullable UUID storagePolicyId, @Nullable Long version) {
  static Parsed<StoragePolicyBody> read(byte[] body) {
    return JsonDocument.readOptional(
        body, f -> new StoragePolicyBody(f.uuid("storage_policy_id"), f.number("version")));
  }
}

package io.waybill.postgres;

import io.waybill.core.policy.CapabilityStore;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.StorageCapabilities;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code storage_capabilities}. */
final class PostgresCapabilityStore implements CapabilityStore {
  private final Db db;

  PostgresCapabilityStore(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      Sql.of(
          "storage_capabilities.find",
          """
          select c.endpoint_ref, c.bucket, to_jsonb(c.found) as found, c.probed_at
          from storage_capabilities c where c.endpoint_ref = :endpoint and c.bucket = :bucket
          """);

  @Override
  public Optional<StorageCapabilities> find(String endpointRef, String bucket) {
    return db.one(
        FIND.with("endpoint", endpointRef).with("bucket", bucket),
        row ->
            new StorageCapabilities(
                row.text("endpoint_ref"),
                row.text("bucket"),
                known(Set.copyOf(row.list("found", String.class))),
                row.time("probed_at")));
  }

  /** A newer version may have written words that this one does not know. */
  private static Set<Capability> known(Set<String> words) {
    return Arrays.stream(Capability.values())
        .filter(capability -> words.contains(capability.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static final Sql SAVE =
      Sql.of(
          "storage_capabilities.save",
          """
          insert into storage_capabilities (endpoint_ref, bucket, found, probed_at)
          values (:endpoint, :bucket, array(select jsonb_array_elements_text(cast(:found as jsonb))), :at)
          on conflict (endpoint_ref, bucket) do update set found = excluded.found, probed_at = excluded.probed_at
          """);

  @Override
  public void save(StorageCapabilities capabilities) {
    db.run(
        SAVE.with("endpoint", capabilities.endpointRef())
            .with("bucket", capabilities.bucket())
            .with(
                "found",
                Json.write(capabilities.found().stream().map(Enum::name).sorted().toList()))
            .with("at", capabilities.probedAt()));
  }
}

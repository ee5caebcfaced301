package io.waybill.core.policy.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.storage.StorageCapabilities;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.storage.StorageProbe;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what the configured stores do, and writes it down for those who save policies. */
public final class ProbeStorage {
  private final Ports<? extends PolicyStores> ports;
  private final StorageDirectory directory;
  private final StorageProbe probe;

  public ProbeStorage(
      Ports<? extends PolicyStores> ports, StorageDirectory directory, StorageProbe probe) {
    this.ports = ports;
    this.directory = directory;
    this.probe = probe;
  }

  /** A bucket of an endpoint. */
  public record Place(String endpointRef, String bucket) {}

  /** Every bucket that policies can name. */
  public List<Place> places() {
    return directory.endpoints().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(entry ->
            entry.getValue().buckets().stream()
                .sorted()
                .map(bucket -> new Place(entry.getKey(), bucket)))
        .toList();
  }

  /** Tries one, whether it was tried before or not. */
  public StorageCapabilities handle(Place place) {
    StorageCapabilities found =
        new StorageCapabilities(
            place.endpointRef(),
            place.bucket(),
            probe.probe(place.endpointRef(), place.bucket()),
            ports.now());
    ports
        .work()
        .write(tx -> {
          tx.capabilities().save(found);
          return Verdict.ok(found);
        });
    return found;
  }

  /** What was found when it was tried last. */
  public Optional<StorageCapabilities> known(Place place) {
    return ports.work().read(tx -> tx.capabilities().find(place.endpointRef(), place.bucket()));
  }

  /** Tries it if nobody has. */
  public StorageCapabilities handleOnce(Place place) {
    return known(place).orElseGet(() -> handle(place));
  }
}

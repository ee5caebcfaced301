package io.waybill.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The stores that are configured, and calls of them that end in time. */
final class StoreCalls implements AutoCloseable {

  private final Map<String, StoreClient> clients;
  private final S3Timeouts timeouts;

  /** When the phase is over that this view is for; null where there is none. */
  private final @Nullable Deadline phaseEnd;

  StoreCalls(S3Settings settings) {
    this.clients =
        settings.endpoints().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, entry -> new StoreClient(entry.getValue(), settings)));
    this.timeouts = settings.timeouts();
    this.phaseEnd = null;
  }

  private StoreCalls(StoreCalls all, Deadline phaseEnd) {
    this.clients = all.clients;
    this.timeouts = all.timeouts;
    this.phaseEnd = phaseEnd;
  }

  /** The same stores for one stretch of work. */
  StoreCalls within(Duration phase) {
    return new StoreCalls(this, Deadline.in(phase));
  }

  S3Timeouts timeouts() {
    return timeouts;
  }

  /** What is asked of one store. */
  interface Operation<T> {
    T on(StoreClient store) throws IOException;
  }

  /** The end of an operation, or of the phase that it is part of. */
  Deadline in(Duration time) {
    return Deadline.in(time).or(phaseEnd);
  }

  /** What the store answers; anything but a success is a {@link StorageFault}. */
  <T> T call(String endpointRef, Deadline end, Operation<T> operation) {
    StoreClient client = clients.get(endpointRef);
    if (client == null) {
      throw StorageFault.unconfigured(endpointRef);
    }
    return end.run(() -> operation.on(client));
  }

  @Override
  public void close() {
    clients.values().forEach(StoreClient::close);
  }
}

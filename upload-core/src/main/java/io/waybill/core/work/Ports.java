package io.waybill.core.work;

import io.waybill.core.storage.ObjectStore;
import io.waybill.core.storage.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The world, as every use case gets it.
 *
 * @param <S> the stores that the use case may touch
 */
public record Ports<S>(
    Work<S> work,
    ObjectStore store,
    UrlSigner signer,
    IdSource ids,
    InstantSource time,
    Heartbeat heartbeat) {

  /** How long storage may keep a use case without an answer: its own answer leaves within 5 s. */
  public static final Duration STORAGE_PHASE = Duration.ofSeconds(4);

  /** The same world with other work and another store. */
  public Ports<S> on(Work<S> otherWork, ObjectStore otherStore) {
    return new Ports<>(otherWork, otherStore, signer, ids, time, heartbeat);
  }

  /**
   * The store for the calls that a use case makes of it in one go, from now on. After a completion,
   * which took as long as the store took, another one is due: the store has just answered.
   */
  public ObjectStore storage() {
    return store.within(STORAGE_PHASE);
  }

  /** The time, cut to microseconds: what is written is what is read back. */
  public Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

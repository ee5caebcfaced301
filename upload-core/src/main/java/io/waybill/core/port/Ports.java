package io.waybill.core.port;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** The world, as every use case gets it. */
public record Ports(
    UnitOfWork work,
    ObjectStore store,
    UrlSigner signer,
    IdSource ids,
    InstantSource time,
    Heartbeat heartbeat) {

  /** The time, cut to microseconds: what is written is what is read back. */
  public Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MICROS);
  }
}

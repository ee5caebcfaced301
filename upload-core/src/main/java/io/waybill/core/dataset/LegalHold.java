package io.waybill.core.dataset;

import java.time.Instant;

/** Why, and since when, nobody may purge a dataset. */
public record LegalHold(String reason, Instant since) {

  /** What a storage policy asks for everything that is stored by it. */
  public static LegalHold ofPolicy(Instant since) {
    return new LegalHold("the storage policy holds what is stored by it", since);
  }
}

package io.waybill.core.upload.usecase;

import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import java.time.Instant;

/**
 * What a new session is made under.
 *
 * @param sessionLife as policy and installation say together
 */
record Terms(StoragePolicy policy, Duration sessionLife) {

  static Terms of(StoragePolicy policy, Limits limits) {
    return new Terms(policy, limits.sessionLife().usualUnder(policy));
  }

  Instant endOf(Instant createdAt) {
    return createdAt.plus(sessionLife);
  }
}

package io.waybill.core.upload;

import java.time.Instant;
import java.util.Map;

/** Sessions of all tenants, and what comes after them, counted. */
public interface SessionCensus {

  /**
   * How many sessions are in each state that something is still due in; what has ended for good is
   * not read, however much of it there is. A state without sessions may be left out.
   *
   * @param most sessions that are read, those due first: what there is beyond is not counted
   */
  Map<SessionStatus, Integer> unfinished(int most);

  /**
   * Those of the same sessions that do not get on. A kind without sessions may be left out.
   *
   * @param since in a state that is left soon
   * @param madeBefore open ones that were made before are near to being dropped by their store
   */
  Map<StandingStill, Integer> standingStill(Instant since, Instant madeBefore, int most);

  /**
   * Deliveries, validations and purges that wait since before that time. A kind without any may be
   * left out.
   *
   * @param most that are read of each kind, those due first
   */
  Map<StandingStill, Integer> waiting(Instant since, int most);
}

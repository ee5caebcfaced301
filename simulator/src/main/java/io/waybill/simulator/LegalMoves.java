package io.waybill.simulator;

import io.waybill.core.upload.SessionStatus;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The moves that the lifecycle allows, written down a second time. */
final class LegalMoves {

  private static final Map<SessionStatus, Set<SessionStatus>> ALL = all();

  private LegalMoves() {}

  static Set<SessionStatus> from(SessionStatus status) {
    return ALL.getOrDefault(status, Set.of());
  }

  private static Map<SessionStatus, Set<SessionStatus>> all() {
    Map<SessionStatus, Set<SessionStatus>> moves = new EnumMap<>(SessionStatus.class);
    Set<SessionStatus> fromOpen =
        EnumSet.of(
            SessionStatus.INITIATED,
            SessionStatus.UPLOADING,
            SessionStatus.PAUSED,
            SessionStatus.COMPLETING,
            SessionStatus.COMPLETED,
            SessionStatus.ABORTING,
            SessionStatus.EXPIRED,
            SessionStatus.FAILED);
    moves.put(
        SessionStatus.INITIATING,
        EnumSet.of(
            SessionStatus.INITIATED,
            SessionStatus.UPLOADING, // with its first URLs, in one transaction
            SessionStatus.ABORTING,
            SessionStatus.FAILED));
    moves.put(SessionStatus.INITIATED, fromOpen);
    moves.put(SessionStatus.UPLOADING, fromOpen);
    moves.put(SessionStatus.PAUSED, fromOpen);
    moves.put(SessionStatus.COMPLETING, fromOpen);
    moves.put(SessionStatus.EXPIRED, fromOpen);
    moves.put(SessionStatus.ABORTING, EnumSet.of(SessionStatus.ABORTED, SessionStatus.COMPLETED));
    moves.put(SessionStatus.FAILED, EnumSet.of(SessionStatus.COMPLETED));
    moves.put(SessionStatus.ABORTED, EnumSet.noneOf(SessionStatus.class));
    moves.put(SessionStatus.COMPLETED, EnumSet.noneOf(SessionStatus.class));
    return moves;
  }
}

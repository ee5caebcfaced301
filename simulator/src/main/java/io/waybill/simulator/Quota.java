package io.waybill.simulator;

import io.waybill.core.project.ProjectUsage;
import io.waybill.core.upload.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The project's quota, while somebody was told that it stands: what was asked for after that, and
 * met a full project as long as it was under way, is not accepted.
 */
final class Quota {

  /** How far a clock may be ahead. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private final Life life;
  private boolean stands;

  /**
   * Requests for new uploads that have met no room since they were first sent, each with when the
   * end of an upload's life makes some, whether or not that has been written down.
   */
  private final Map<String, Instant> metNoRoom = new HashMap<>();

  Quota(Life life) {
    this.life = life;
  }

  /** Somebody was told that it is set. */
  void isSet() {
    stands = true;
  }

  /** Somebody asks that it be lifted. */
  void mayBeLifted() {
    stands = false;
    metNoRoom.clear();
  }

  /** A request is sent for the first time. */
  void isAsked(String requestId) {
    if (stands && isFull()) {
      metNoRoom.put(requestId, nextEnd());
    }
  }

  /** Something was written. */
  void look() {
    if (!metNoRoom.isEmpty() && !isFull()) {
      metNoRoom.clear();
    }
  }

  /** It was told that its uploads are accepted. */
  void isServed(String requestId) {
    Instant room = metNoRoom.get(requestId);
    if (room != null && life.now().isBefore(room)) {
      throw new Broken(requestId + " was accepted, and the project was full all the time");
    }
  }

  private boolean isFull() {
    ProjectUsage used = used();
    return used.openUploads() >= Order.FEW_UPLOADS
        || used.usedBytes() + used.reservedBytes() >= Order.FEW_BYTES;
  }

  /** By the clock that is farthest ahead. */
  private Instant nextEnd() {
    return life.judge.sessions().stream()
        .filter(session -> session instanceof Session.Open)
        .map(session -> session.upload().expiresAt().minus(CLOCKS))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  ProjectUsage used() {
    return life.rows.read(tx ->
        tx.projects()
            .usage(List.of(life.project()))
            .getOrDefault(life.project(), ProjectUsage.NONE));
  }
}

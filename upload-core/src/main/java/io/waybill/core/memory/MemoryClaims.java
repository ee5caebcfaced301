package io.waybill.core.memory;

import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.upload.Lease;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionClaims;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

record MemoryClaims(MemoryTransaction tx) implements SessionClaims {

  @Override
  public List<Session> due(Instant now, Instant leaseUntil, int limit) {
    List<SessionRow> due =
        tx.of(MemorySessions.SESSIONS).values().stream()
            .filter(row -> !now.isBefore(dueAt(row)))
            .filter(
                row -> tx.of(MemorySessions.SESSIONS).isFree(row.session().upload().sessionId()))
            .sorted(Comparator.comparing(MemoryClaims::dueAt))
            .limit(limit)
            .toList();
    for (SessionRow row : due) {
      tx.of(MemorySessions.SESSIONS)
          .put(
              row.session().upload().sessionId(),
              new SessionRow(row.session(), row.policyId(), leaseUntil));
    }
    return due.stream().map(SessionRow::session).toList();
  }

  @Override
  public boolean renew(UUID sessionId, int attempt, Instant leaseUntil) {
    SessionRow row = tx.of(MemorySessions.SESSIONS).lock(sessionId).orElse(null);
    if (row == null
        || !(row.session() instanceof Session.Completing completing)
        || completing.lease().attempt() != attempt) {
      return false;
    }
    Session.Completing renewed =
        new Session.Completing(
            completing.upload(), completing.from(), new Lease(attempt, leaseUntil));
    tx.of(MemorySessions.SESSIONS).put(sessionId, new SessionRow(renewed, row.policyId(), null));
    return true;
  }

  @Override
  public boolean keep(UUID sessionId, long version, Instant until) {
    SessionRow row = tx.of(MemorySessions.SESSIONS).lock(sessionId).orElse(null);
    if (row == null || row.claimedUntil() == null || row.session().upload().version() != version) {
      return false;
    }
    tx.of(MemorySessions.SESSIONS)
        .put(sessionId, new SessionRow(row.session(), row.policyId(), until));
    return true;
  }

  private static Instant dueAt(SessionRow row) {
    Instant due = row.session().dueAt().orElse(Instant.MAX);
    Instant claimed = row.claimedUntil();
    return claimed != null && claimed.isAfter(due) ? claimed : due;
  }
}

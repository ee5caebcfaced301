package io.waybill.core.memory;

import static java.util.stream.Collectors.toSet;

import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SweepStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemorySweeps(MemoryTransaction tx) implements SweepStore {

  /** How far a walk has come, and when it is due. */
  record WalkRow(String cursor, Instant dueAt) {}

  private static final Table<String, WalkRow> WALKS = Table.of("upload_sweeps");

  @Override
  public Optional<String> claim(Walk walk, Instant now, Instant until) {
    WalkRow known = tx.of(WALKS).get(walk.toString());
    WalkRow row = known == null ? new WalkRow("", now) : known;
    if (row.dueAt().isAfter(now)) {
      return Optional.empty();
    }
    tx.of(WALKS).put(walk.toString(), new WalkRow(row.cursor(), until));
    return Optional.of(row.cursor());
  }

  @Override
  public boolean save(Walk walk, Instant claimedUntil, String cursor, Instant dueAt) {
    WalkRow row = tx.of(WALKS).get(walk.toString());
    if (row == null || !row.dueAt().equals(claimedUntil)) {
      return false;
    }
    tx.of(WALKS).put(walk.toString(), new WalkRow(cursor, dueAt));
    return true;
  }

  @Override
  public Set<String> carried(Collection<UUID> sessionIds) {
    return sessionIds.stream()
        .map(tx.of(MemorySessions.SESSIONS)::get)
        .filter(Objects::nonNull)
        .map(row -> carried(row.session()))
        .filter(Objects::nonNull)
        .collect(toSet());
  }

  private static @Nullable String carried(Session session) {
    return switch (session) {
      case Session.Initiating s -> null;
      case Session.Open s -> s.uploadId();
      case Session.Completing s -> s.uploadId();
      case Session.Completed s -> s.uploadId();
      case Session.Expired s -> s.uploadId();
      case Session.Aborting s -> s.uploadId();
      case Session.Aborted s -> s.uploadId();
      case Session.Failed s -> s.uploadId();
    };
  }

  @Override
  public Set<UUID> ours(Collection<UUID> tenantIds) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(row -> row.session().upload().owner().tenantId())
        .filter(tenantIds::contains)
        .collect(toSet());
  }

  @Override
  public List<Recorded> recorded(UUID after, UUID before, int limit) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(SessionRow::session)
        .map(session -> session.upload())
        .filter(upload -> upload.sessionId().compareTo(after) > 0)
        .filter(upload -> upload.sessionId().compareTo(before) < 0)
        .sorted(Comparator.comparing(upload -> upload.sessionId()))
        .limit(limit)
        .map(upload -> new Recorded(upload.sessionId(), upload.location()))
        .toList();
  }
}

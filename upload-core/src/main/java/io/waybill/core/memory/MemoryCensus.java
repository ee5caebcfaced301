package io.waybill.core.memory;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.upload.InstantUpload;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.Upload;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

record MemoryCensus(MemoryTransaction tx) implements SessionCensus {
  private static final int MANY_ATTEMPTS = 20;

  @Override
  public Map<SessionStatus, Integer> unfinished(int most) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(SessionRow::session)
        .filter(session -> session.dueAt().isPresent())
        .sorted(Comparator.comparing(session -> session.dueAt().orElseThrow()))
        .limit(most)
        .collect(groupingBy(Session::status, collectingAndThen(counting(), Math::toIntExact)));
  }

  @Override
  public Map<StandingStill, Integer> standingStill(Instant since, Instant madeBefore, int most) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(SessionRow::session)
        .filter(session -> session.dueAt().isPresent())
        .sorted(Comparator.comparing(session -> session.dueAt().orElseThrow()))
        .limit(most)
        .flatMap(session -> kind(session, since, madeBefore).stream())
        .collect(groupingBy(kind -> kind, collectingAndThen(counting(), Math::toIntExact)));
  }

  @Override
  public Map<StandingStill, Integer> waiting(Instant since, int most) {
    Map<StandingStill, Integer> counts = new EnumMap<>(StandingStill.class);
    counts.put(StandingStill.DELIVERY, new MemoryDeliveries(tx).pendingBefore(since, most));
    counts.put(StandingStill.VALIDATION, new MemoryValidationQueue(tx).waitingBefore(since, most));
    counts.put(StandingStill.PURGE, new MemoryDatasetPurges(tx).requestedBefore(since, most));
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  private static Optional<StandingStill> kind(Session session, Instant since, Instant madeBefore) {
    Upload upload = session.upload();
    boolean isUnchanged = upload.updatedAt().isBefore(since);
    return switch (session) {
      case Session.Initiating s when InstantUpload.isCopying(s) && isUnchanged ->
          Optional.of(StandingStill.COPYING);
      case Session.Initiating s when InstantUpload.isCopying(s) -> Optional.empty();
      case Session.Initiating s when upload.createdAt().isBefore(since) ->
          Optional.of(StandingStill.INITIATING);
      case Session.Completing s when isUnchanged || upload.attempt() >= MANY_ATTEMPTS ->
          Optional.of(StandingStill.COMPLETING);
      case Session.Aborting s when isUnchanged -> Optional.of(StandingStill.ABORTING);
      case Session.Open s when upload.createdAt().isBefore(madeBefore) ->
          Optional.of(StandingStill.NEAR_PURGE);
      default -> Optional.empty();
    };
  }
}

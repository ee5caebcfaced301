package io.waybill.core.memory;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.waybill.core.memory.MemorySessions.SessionRow;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionCensus;
import io.waybill.core.upload.SessionStatus;
import java.util.Comparator;
import java.util.Map;

record MemoryCensus(MemoryTransaction tx) implements SessionCensus {

  @Override
  public Map<SessionStatus, Integer> unfinished(int most) {
    return tx.of(MemorySessions.SESSIONS).values().stream()
        .map(SessionRow::session)
        .filter(session -> session.dueAt().isPresent())
        .sorted(Comparator.comparing(session -> session.dueAt().orElseThrow()))
        .limit(most)
        .collect(groupingBy(Session::status, collectingAndThen(counting(), Math::toIntExact)));
  }
}

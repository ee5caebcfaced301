package io.waybill.core.memory;

import io.waybill.core.recovery.Finding;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryRun.Counts;
import io.waybill.core.recovery.RecoveryStore;
import io.waybill.core.recovery.RecoveryTables;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryRecoveries(MemoryTransaction tx) implements RecoveryStore {

  /** A run and where it is. */
  private record RunRow(RecoveryRun run, String place, String cursor, Instant dueAt) {}

  private static final Table<UUID, RunRow> RUNS = Table.of("recovery_runs");

  static RecoveryTables tables(MemoryTransaction tx) {
    return new RecoveryTables(
        new MemoryRecoveries(tx), new MemoryRecoveryChecks(tx), new MemoryUnclaimedObjects(tx));
  }

  @Override
  public boolean begin(RecoveryRun run) {
    boolean isBusy =
        tx.of(RUNS).values().stream()
            .anyMatch(row ->
                row.run().tenantId().equals(run.tenantId()) && row.run().completedAt() == null);
    if (!isBusy) {
      tx.of(RUNS).put(run.recoveryId(), new RunRow(run, "", "", run.startedAt()));
    }
    return !isBusy;
  }

  @Override
  public Optional<RecoveryRun> find(UUID tenantId, UUID recoveryId) {
    return Optional.ofNullable(tx.of(RUNS).get(recoveryId))
        .map(RunRow::run)
        .filter(run -> run.tenantId().equals(tenantId));
  }

  @Override
  public List<RecoveryRun> list(UUID tenantId, @Nullable UUID before, int limit) {
    return tx.of(RUNS).values().stream()
        .map(RunRow::run)
        .filter(run -> run.tenantId().equals(tenantId))
        .filter(run -> before == null || run.recoveryId().compareTo(before) < 0)
        .sorted(Comparator.comparing(RecoveryRun::recoveryId).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Step> claim(Instant now, Instant until) {
    Optional<RunRow> due =
        tx.of(RUNS).values().stream()
            .filter(row -> row.run().completedAt() == null && !row.dueAt().isAfter(now))
            .filter(row -> tx.of(RUNS).isFree(row.run().recoveryId()))
            .min(Comparator.comparing(RunRow::dueAt));
    return due.map(row -> {
      tx.of(RUNS)
          .put(row.run().recoveryId(), new RunRow(row.run(), row.place(), row.cursor(), until));
      return new Step(row.run(), row.place(), row.cursor(), until);
    });
  }

  @Override
  public boolean save(Step step, Next next) {
    UUID id = step.run().recoveryId();
    Optional<RunRow> mine =
        tx.of(RUNS)
            .lock(id)
            .filter(row -> row.run().completedAt() == null)
            .filter(row -> row.dueAt().equals(step.claimedUntil()));
    mine.ifPresent(row ->
        tx.of(RUNS)
            .put(
                id, new RunRow(after(row.run(), next), next.place(), next.cursor(), next.dueAt())));
    return mine.isPresent();
  }

  private RecoveryRun after(RecoveryRun run, Next next) {
    Counts counts = run.counts();
    return new RecoveryRun(
        run.recoveryId(),
        run.tenantId(),
        next.phase(),
        run.startedAt(),
        run.startedBy(),
        next.phase() == RecoveryPhase.COMPLETED ? next.dueAt() : null,
        new Counts(
            counts.datasets() + next.datasets(),
            counts.verified(),
            counts.missingObject(),
            counts.metadataOnly(),
            counts.objectOnly(),
            counts.unfinished(),
            counts.objects() + next.objects(),
            new MemoryUnclaimedObjects(tx).count(run.recoveryId())));
  }

  @Override
  public void count(UUID recoveryId, Finding finding) {
    RunRow row = tx.of(RUNS).lock(recoveryId).orElseThrow();
    RecoveryRun run = row.run();
    RecoveryRun counted =
        new RecoveryRun(
            run.recoveryId(),
            run.tenantId(),
            run.phase(),
            run.startedAt(),
            run.startedBy(),
            run.completedAt(),
            run.counts().and(finding));
    tx.of(RUNS).put(recoveryId, new RunRow(counted, row.place(), row.cursor(), row.dueAt()));
  }
}

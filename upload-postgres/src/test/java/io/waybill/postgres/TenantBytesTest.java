package io.waybill.postgres;

import static io.waybill.postgres.TenantBench.SIZE;
import static io.waybill.postgres.TenantBench.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.dataset.usecase.PurgeDataset;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.quota.TenantQuota;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.upload.usecase.CompleteUpload;
import io.waybill.testkit.contract.Uploads;
import io.waybill.testkit.contract.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** What is counted of a tenant on a real database, whatever becomes of its uploads. */
class TenantBytesTest {

  @Test
  void what_ends_gives_back_what_is_stored_is_settled_and_what_is_purged_is_gone() {
    try (TenantBench bench = new TenantBench(TestPostgres.migrated())) {
      List<Answer.TaskObject> made = value(bench.create(4)).objects();
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, 0, 4 * SIZE));

      Answer.TaskObject stored = made.getFirst();
      bench.put(stored.sessionId());
      value(
          bench
              .use
              .uploads()
              .completeUpload()
              .handle(
                  bench.person(),
                  RequestKey.NONE,
                  new CompleteUpload.Request(stored.sessionId(), Map.of(), null)));
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, SIZE, 3 * SIZE));

      AbortUpload.Request abort = new AbortUpload.Request(made.get(1).sessionId(), "a test");
      value(bench.use.uploads().abortUpload().handle(bench.person(), RequestKey.NONE, abort));
      fail(bench, made.get(2).sessionId());
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, SIZE, SIZE));

      bench.time.advance(Duration.ofHours(25));
      bench.use.uploads().redrive().handle(100);
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, SIZE, 0));
      assertThat(bench.sums().getLast()).isEqualTo(bench.sums().getFirst());

      purge(bench, stored.datasetId());
      assertThat(bench.quota()).isEqualTo(TenantQuota.NONE);
      assertThat(bench.sums()).containsExactly("0 0", "0 0");
    }
  }

  private static void fail(TenantBench bench, UUID sessionId) {
    Session before = bench.stored(sessionId);
    Session.Failed after =
        ((Session.Open) before)
            .fail(
                new LastError(LastError.Code.STORAGE_UPLOAD_MISSING, "gone", bench.time.instant()));
    bench.work.commit(
        tx -> tx.sessions().apply(List.of(Uploads.move(before, after, UploadEvent.FAILED))));
  }

  private static void purge(TenantBench bench, UUID datasetId) {
    UUID project = bench.world.project().projectId();
    value(
        bench
            .use
            .datasets()
            .deleteDataset()
            .handle(bench.person(), RequestKey.NONE, project, datasetId));
    assertThat(bench.quota().usedBytes()).as("in the recycle bin").isEqualTo(SIZE);
    value(
        bench
            .use
            .datasets()
            .purgeDataset()
            .handle(
                bench.person(),
                RequestKey.NONE,
                new PurgeDataset.Request(project, datasetId, true)));
  }

  /** ADR 0005: those that run at once do not see each other, and nobody else is overlooked. */
  @Test
  void racing_creates_exceed_a_bound_by_no_more_than_ran_at_once_and_fill_it() throws Exception {
    int atOnce = 6;
    int fitting = 25;
    try (TenantBench bench = new TenantBench(TestPostgres.migrated().withPoolSize(atOnce));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      bench.bound(fitting * SIZE);
      List<Future<Integer>> all = new ArrayList<>();
      for (int caller = 0; caller < atOnce; caller++) {
        all.add(callers.submit(() -> createUntilRefused(bench)));
      }
      int accepted = 0;
      for (Future<Integer> one : all) {
        accepted += one.get();
      }

      assertThat(accepted).isBetween(fitting, fitting + atOnce - 1);
      assertThat(bench.quota().reservedBytes()).isEqualTo(accepted * SIZE);
      assertThat(bench.sums().getLast()).isEqualTo(bench.sums().getFirst());
      assertThat(bench.storage.openUploads()).as("of what was refused").hasSize(accepted);
    }
  }

  private static int createUntilRefused(TenantBench bench) {
    int accepted = 0;
    while (true) {
      switch (bench.create(1)) {
        case Verdict.Ok<Answer.Task> ok -> accepted++;
        case Verdict.Refused<Answer.Task>(Refusal refusal) -> {
          assertThat(refusal.code().code()).isEqualTo("quota.bytes_exceeded");
          assertThat(refusal.details()).containsEntry("scope", "tenant");
          return accepted;
        }
      }
    }
  }

  @Test
  void what_was_there_before_the_migration_is_counted_and_what_an_older_version_changes_after_it() {
    PostgresSettings settings = TestPostgres.empty();
    Flyway.configure()
        .dataSource(Pool.patient(settings))
        .locations("classpath:io/waybill/postgres/migration")
        .target("37")
        .load()
        .migrate();
    try (TenantBench bench = new TenantBench(settings)) {
      // the statements are today's: what came into tables since is lent to them
      bench.run(
          "alter table outbox_events add project_id uuid",
          "alter table upload_sessions add copy_source jsonb, add checksum_sha256 text, add part_list_sha256 text");
      NewTask before = written(bench.work, bench.world);
      bench.run(
          "alter table outbox_events drop project_id",
          "alter table upload_sessions drop copy_source, drop checksum_sha256, drop part_list_sha256",
          "alter table datasets drop constraint object_is_exact, drop constraint object_is_whole",
          "update datasets set object_size_bytes = 7");

      Migrations.run(settings);
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, 14, 2 * Uploads.FILE_BYTES));

      written(bench.work, bench.world);
      Session.Initiating first = before.sessions().getFirst();
      Session.Aborting ends = first.abort("no", World.BEGINNING.plusSeconds(1));
      bench.work.commit(tx ->
          tx.sessions().apply(List.of(Uploads.move(first, ends, UploadEvent.ABORT_REQUESTED))));
      assertThat(bench.quota()).isEqualTo(new TenantQuota(null, 14, 3 * Uploads.FILE_BYTES));
      assertThat(bench.sums().getLast()).isEqualTo(bench.sums().getFirst());
    }
  }

  private static NewTask written(PostgresUnitOfWork work, World world) {
    NewTask task = Uploads.task(world, 2, World.BEGINNING);
    work.commit(tx -> {
      tx.tasks().create(task);
      return task;
    });
    return task;
  }
}

package io.waybill.postgres;

import static io.waybill.postgres.TenantBench.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.quota.Drift;
import io.waybill.core.quota.Drift.Counter;
import io.waybill.core.quota.usecase.ReconcileQuotas;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.usecase.AbortUpload;
import io.waybill.core.idempotency.RequestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Counters that were moved by hand are found and mended, whatever happens meanwhile. */
class ReconcileQuotasTest {

  private static final String[] PLANTED = {
    "update open_counts set open = open + 3",
    "update project_usage set used_bytes = used_bytes - 5, reserved_bytes = reserved_bytes + 100,"
        + " open_uploads = open_uploads + 1",
    "update tenant_usage set used_bytes = used_bytes + 7"
  };

  @Test
  void what_is_counted_wrong_is_named_changed_by_nobody_who_looks_and_mended_once() {
    try (TenantBench bench = new TenantBench(TestPostgres.migrated().withPoolSize(2))) {
      value(bench.create(2));
      UUID tenant = bench.world.tenantId();
      ReconcileQuotas reconcile = bench.use.quotas().reconcileQuotas();
      assertThat(reconcile.handle(tenant, false)).isEmpty();
      bench.run("update open_counts set open = 0", "delete from project_usage");
      bench.run("update tenant_usage set used_bytes = 7, reserved_bytes = 9");

      List<Drift> seen = reconcile.handle(tenant, false);

      UUID project = bench.world.project().projectId();
      long bytes = 2 * TenantBench.SIZE;
      assertThat(seen)
          .containsExactlyInAnyOrder(
              new Drift(Counter.OPEN_TASKS, project, 0, 1),
              new Drift(Counter.OPEN_UPLOADS, tenant, 0, 2),
              new Drift(Counter.PROJECT_OPEN_UPLOADS, project, 0, 2),
              new Drift(Counter.PROJECT_RESERVED_BYTES, project, 0, bytes),
              new Drift(Counter.TENANT_RESERVED_BYTES, tenant, 9, 0),
              new Drift(Counter.TENANT_USED_BYTES, tenant, 7, 0));
      assertThat(reconcile.handle(tenant, false)).isEqualTo(seen);
      assertThat(reconcile.handle(tenant, true)).isNotEmpty();
      assertThat(reconcile.handle(tenant, false)).isEmpty();
      assertThat(bench.quota().reservedBytes()).isEqualTo(bytes);
      assertThat(bench.sums().getLast()).isEqualTo(bench.sums().getFirst());
    }
  }

  @Test
  void several_mend_at_once_under_creates_and_aborts_and_what_is_counted_is_what_is_there()
      throws Exception {
    try (TenantBench bench = new TenantBench(TestPostgres.migrated().withPoolSize(8));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      value(bench.create(3));
      bench.run(PLANTED);
      AtomicInteger mended = new AtomicInteger();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        all.add(callers.submit(() -> live(bench)));
        all.add(callers.submit(() -> mended.addAndGet(mend(bench))));
      }
      for (Future<?> one : all) {
        one.get();
      }
      mended.addAndGet(mend(bench)); // whatever all left to each other

      assertThat(mended.get()).isPositive();
      List<Drift> left =
          bench.use.quotas().reconcileQuotas().handle(bench.world.tenantId(), false);
      assertThat(left).isEmpty();
      assertThat(bench.sums().getLast()).isEqualTo(bench.sums().getFirst());
    }
  }

  private static int mend(TenantBench bench) {
    return bench.use.quotas().reconcileQuotas().handle(bench.world.tenantId(), true).size();
  }

  /** Ten tasks of two files, one of which is aborted. */
  private static void live(TenantBench bench) {
    for (int i = 0; i < 10; i++) {
      Answer.TaskObject first = value(bench.create(2)).objects().getFirst();
      value(
          bench
              .use
              .uploads()
              .abortUpload()
              .handle(
                  bench.person(),
                  RequestKey.NONE,
                  new AbortUpload.Request(first.sessionId(), "a test")));
    }
  }
}

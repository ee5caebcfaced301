package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.waybill.core.app.CommitListener;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.DatasetStore;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.postgres.PageCounter.Touched;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a list of a project's datasets touches does not grow with the project, filter by filter. */
class DatasetGrowthTest {
  private static final int ROWS = 5;
  private static final int MORE_PAGES = 3;
  private static final int TRIGRAMS = 9;

  private final World world = World.fresh();
  private final UUID tag = Ids.next();
  private final PostgresSettings settings = TestPostgres.migrated().withPoolSize(1);
  private final PageCounter pages = new PageCounter(settings);

  @Test
  void no_filter_reads_a_project_through_or_more_than_three_pages_more_for_a_row() {
    PostgresWorld.register(settings, world);
    pages.run(
        "insert into tags (id, tenant_id, project_id, name, created_at, updated_at) values ('%s', '%s', '%s', 'a', now(), now())"
            .formatted(tag, world.tenantId(), world.project().projectId()));
    load(0, 1_000);
    Map<String, Touched> few = measure();
    load(1_000, 20_000);
    Map<String, Touched> many = measure();

    few.forEach((filter, before) -> {
      Touched after = Objects.requireNonNull(many.get(filter));
      assertThat(after.scans()).as("tables read through: %s", filter).isEmpty();
      assertThat(after.pages())
          .as("pages: %s", filter)
          .isLessThanOrEqualTo(before.pages() + MORE_PAGES * ROWS + deeper(filter));
    });
  }

  /** Each three letters of a word are looked up by themselves, in an index that grew by a level. */
  private static int deeper(String filter) {
    return filter.contains("words") ? TRIGRAMS : 0;
  }

  /** A few of the oldest are what each filter but the first looks for. */
  private void load(int from, int to) {
    pages.run(
        """
        insert into datasets (id, tenant_id, project_id, name, status, original_filename, content_type, file_size_bytes,
          validation_status, recovery_status, source_device_id, metadata, created_at, updated_at)
        select (lpad(to_hex(1720000000000 + n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
          '%s', '%s', 'front-camera-' || n,
          (case when rare then 'CREATED' else 'UPLOAD_PENDING' end)::dataset_status, 'run.mcap', 'a/b', 1,
          (case when rare then 'FAILED' else 'NOT_REQUIRED' end)::validation_status,
          (case when rare then 'RECOVERY_PENDING' else 'NORMAL' end)::recovery_status,
          case when rare then '%s'::uuid end,
          case when rare then '{"site": "zanzibar"}' else jsonb_build_object('site', 'line-' || n %% 7, 'run', n) end,
          now(), now()
        from (select n, n between 100 and 104 as rare from generate_series(%d, %d) n) g
        """
            .formatted(
                world.tenantId(), world.project().projectId(), world.robot().id(), from + 1, to));
    pages.run(
        """
        insert into dataset_tags (tenant_id, dataset_id, tag_id)
        select d.tenant_id, d.id, '%s' from datasets d where d.recovery_status <> 'NORMAL' on conflict do nothing
        """
            .formatted(tag));
    pages.settle();
  }

  private Map<String, Touched> measure() {
    Map<String, Touched> touched = new LinkedHashMap<>();
    try (HikariDataSource pool = Pool.open(settings);
        PostgresUnitOfWork work = PostgresUnitOfWork.over(pool, CommitListener.NONE)) {
      filters()
          .forEach((name, filter) -> {
            for (int warm = 0; warm < 8; warm++) {
              assertThat(list(work, filter)).as(name).isEqualTo(ROWS);
            }
            touched.put(name, pages.around(pool, () -> list(work, filter)));
          });
    }
    return touched;
  }

  private int list(PostgresUnitOfWork work, DatasetFilter filter) {
    DatasetStore.Query query =
        new DatasetStore.Query(
            world.tenantId(), world.project().projectId(), filter, null, Set.of(), Set.of(), ROWS);
    return work.read(tx -> tx.datasets().list(query)).size();
  }

  private Map<String, DatasetFilter> filters() {
    Map<String, DatasetFilter> filters = new LinkedHashMap<>();
    filters.put("none", DatasetFilter.NONE);
    filters.put("rare words", filter("ZANZIBAR", null, null, null, null));
    filters.put("words of all", filter("camera", null, null, null, null));
    filters.put("status", filter(null, DatasetStatus.CREATED, null, null, null));
    filters.put("validation", filter(null, null, ValidationStatus.FAILED, null, null));
    filters.put("recovery", filter(null, null, null, RecoveryStatus.RECOVERY_PENDING, null));
    filters.put("tag", filter(null, null, null, null, tag));
    filters.put("device", DatasetFilter.NONE.from(world.robot().id()));
    filters.put("rare words under a tag", filter("zanzibar", null, null, null, tag));
    return filters;
  }

  private static DatasetFilter filter(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable ValidationStatus validation,
      @Nullable RecoveryStatus recovery,
      @Nullable UUID tag) {
    return new DatasetFilter(search, status, validation, recovery, tag, null, null, null, false);
  }
}

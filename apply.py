import shutil
B='upload-core/src/main/java/io/waybill/core/'
P='upload-postgres/src/main/java/io/waybill/postgres/'
import os
os.makedirs(B+'quota/usecase',exist_ok=True)
S='/tmp/s2/'
for f,d in (('Drift.java',B+'quota/'),('QuotaStore.java',B+'quota/'),('DriftSql.java',P),('ReconcileQuotas.java',B+'quota/usecase/'),('BoundTenant.java',B+'quota/usecase/'),('QuotaUseCases.java',B+'quota/usecase/'),('package-info.java',B+'quota/usecase/'),('QuotaRounds.java','workers/src/main/java/io/waybill/workers/'),('QuotaRoundsTest.java','workers/src/test/java/io/waybill/workers/'),('QuotaCommand.java','server/src/main/java/io/waybill/server/'),('ReconcileQuotasTest.java','upload-postgres/src/test/java/io/waybill/postgres/'),('0019-quotas-are-proven-by-one-snapshot.md','docs/adr/')):
    shutil.copy(S+f,d+f)
def sub(p,*prs):
    s=open(p).read()
    for a,b in prs:
        assert a in s,(p,a)
        s=s.replace(a,b,1)
    open(p,'w').write(s)
p=P+'PostgresQuotaStore.java'
s=open(p).read().rstrip()
assert s.endswith('}')
s=s[:-1].rstrip()+'\n'+open(S+'pg_tail.txt').read()
s=s.replace("import io.waybill.core.quota.QuotaStore;","import io.waybill.core.quota.Drift;\nimport io.waybill.core.quota.QuotaStore;").replace("import java.util.Optional;","import java.util.List;\nimport java.util.Optional;").replace("/** {@code tenant_usage}, and the bounds of {@code tenants}. */","/** {@code tenant_usage}, the bounds of {@code tenants}, and whether counters are true. */")
open(p,'w').write(s)
p=B+'memory/MemoryQuotas.java'
s=open(p).read().rstrip()
s=s[:-1].rstrip()+'''

  @Override
  public List<UUID> tenants(@Nullable UUID after, int limit) {
    return page(tx.of(MemoryProjects.PROJECTS).values().stream().map(Project::tenantId), after, limit);
  }

  @Override
  public List<UUID> projects(UUID tenantId, @Nullable UUID after, int limit) {
    return page(projects(tenantId).stream(), after, limit);
  }

  private static List<UUID> page(Stream<UUID> ids, @Nullable UUID after, int limit) {
    return ids.distinct()
        .filter(id -> after == null || id.compareTo(after) > 0)
        .sorted()
        .limit(limit)
        .toList();
  }

  /** Nothing is counted here but the rows themselves. */
  @Override
  public List<Drift> drift(UUID tenantId, @Nullable UUID projectId) {
    return List.of();
  }

  @Override
  public List<Drift> mend(UUID tenantId, @Nullable UUID projectId) {
    return List.of();
  }
}
'''
s=s.replace("import io.waybill.core.quota.QuotaStore;","import io.waybill.core.quota.Drift;\nimport io.waybill.core.quota.QuotaStore;").replace("import java.util.UUID;","import java.util.UUID;\nimport java.util.stream.Stream;")
open(p,'w').write(s)
sub(B+'app/UseCases.java',("    PolicyUseCases policies,\n","    QuotaUseCases quotas,\n    PolicyUseCases policies,\n"),
("        PolicyUseCases.over(","        QuotaUseCases.over(ports),\n        PolicyUseCases.over("),
("import io.waybill.core.storage.StorageDirectory;","import io.waybill.core.quota.usecase.QuotaUseCases;\nimport io.waybill.core.storage.StorageDirectory;"))
sub('acceptance-tests/src/test/java/io/waybill/acceptance/rules/CoreLayersTest.java',('Set.of("quota")','Set.of("quota", "quota.usecase")'))
sub('server/src/main/java/io/waybill/server/AdminCommand.java',("{AuditCommand.class, StorageCommand.class}","{AuditCommand.class, QuotaCommand.class, StorageCommand.class}"))
sub('server/src/main/java/io/waybill/server/wiring/Backbone.java',("  private static Backbone open(\n","""  /** The same for an operator's command, whose statements take the time they take. */
  public static Backbone patient(Configuration configuration) {
    return open(
        configuration,
        CommitListener.NONE,
        database(configuration).withAnswerWait(OPERATORS_WAIT),
        RetryPolicy.DEFAULT);
  }

  private static Backbone open(
"""),("  private static final Duration DEVICES_ANSWER_WAIT","  private static final Duration OPERATORS_WAIT = Duration.ofMinutes(30);\n  private static final Duration DEVICES_ANSWER_WAIT"))
W='workers/src/main/java/io/waybill/workers/'
sub(W+'Workers.java',("        purges(settings, cases, registry),\n","        purges(settings, cases, registry),\n        reconcile(settings, cases, registry),\n"),
("  private static Job purges(","""  private static Job reconcile(
      WorkerSettings settings, UseCases cases, MeterRegistry registry) {
    return new Job(
        "reconcile",
        settings.reconcilePeriod(),
        new QuotaRounds(
            cases.quotas().reconcileQuotas(), registry.counter("quota_drifts_mended")),
        registry.counter("worker_errors", "job", "reconcile"));
  }

  private static Job purges("""),
("redrive, expiry, forgetting; and counts,\n   * and seals the audit trail.","redrive, expiry, forgetting; and counts,\n   * proves what is counted, and seals the audit trail."))
sub(W+'WorkerSettings.java',
(" * @param walkers"," * @param reconcilePeriod pause between two proofs of what is counted of tenants\n * @param walkers"),
("    Duration countPeriod,\n    int walkers","    Duration countPeriod,\n    Duration reconcilePeriod,\n    int walkers"),
("          Duration.ofSeconds(30),\n","          Duration.ofSeconds(30),\n          Duration.ofHours(1),\n"),
("        || !countPeriod.isPositive()\n","        || !countPeriod.isPositive()\n        || !reconcilePeriod.isPositive()\n"),
("forgetPeriod, countPeriod, walkers, stopGrace)","forgetPeriod, countPeriod, reconcilePeriod, walkers, stopGrace)"))
p='workers/src/test/java/io/waybill/workers/WorkersTest.java'
s=open(p).read()
import re
s=s.replace("NEVER, 16, GRACE","NEVER, NEVER, 16, GRACE").replace("NEVER, 2, GRACE","NEVER, NEVER, 2, GRACE").replace("(Duration.ZERO, SOON, SOON, 1, SOON)","(Duration.ZERO, SOON, SOON, SOON, 1, SOON)").replace("(SOON, SOON, SOON, 0, SOON)","(SOON, SOON, SOON, SOON, 0, SOON)")
open(p,'w').write(s)
sub('docs/metrics.md',("| `cleanup_errors_total`","| `quota_drifts_mended_total` | counter | | api | counters of quotas that workers found wrong and mended: each is a defect, or somebody's hand in the database |\n| `cleanup_errors_total`"))
sub('docs/adr/README.md',("- [0018: rates are leased](0018-rates-are-leased.md)\n","- [0018: rates are leased](0018-rates-are-leased.md)\n- [0019: quotas are proven in one snapshot](0019-quotas-are-proven-by-one-snapshot.md)\n"))
sub('docs/troubleshooting.md',("a tenant's with `WAYBILL_LIMITS_TENANT_BYTES` or `max_bytes` of its row in `tenants` |","a tenant's with `waybill admin quota bound`, or `WAYBILL_LIMITS_TENANT_BYTES` for all |"))
sub('changelog/unreleased/tenant-bytes.md',("`tenants.max_bytes`, else\n  `WAYBILL_LIMITS_TENANT_BYTES` (no bound by default).","its own by\n  `waybill admin quota bound`, else `WAYBILL_LIMITS_TENANT_BYTES` (no bound by default)."))
open('changelog/unreleased/quotas-proven.md','w').write("""- Every hour workers prove the counters of open uploads, open tasks and bytes of projects and tenants against sessions,
  tasks and datasets, and mend what is wrong (`quota_drifts_mended_total`, a warning in the log); `waybill admin quota
  reconcile` does it at once, with `--look` without changing anything.
""")
p='testkit/src/main/java/io/waybill/testkit/contract/QuotaContract.java'
s=open(p).read()
s=s.replace("  private boolean bound(UUID tenant","""  @Test
  void what_is_counted_is_what_is_there_and_nothing_is_mended() {
    NewTask made = created(2);
    Session.Initiating first = made.sessions().getFirst();
    moved(first, first.abort("no", at(1)), UploadEvent.ABORT_REQUESTED);

    for (UUID project : projects(world.tenantId(), null, 10)) {
      assertThat(drift(project)).isEmpty();
      List<Drift> mended = commit(tx -> tx.quotas().mend(world.tenantId(), project));
      assertThat(mended).isEmpty();
    }
    assertThat(drift(null)).isEmpty();
    assertThat(tenant(at(2)).reservedBytes()).isEqualTo(Uploads.FILE_BYTES);
  }

  @Test
  void tenants_and_their_projects_are_listed_in_pages() {
    UUID tenant = world.tenantId();
    List<UUID> projects = projects(tenant, null, 10);

    assertThat(projects)
        .containsExactlyInAnyOrder(world.project().projectId(), world.strict().projectId());
    assertThat(projects(tenant, null, 1)).containsExactly(projects.getFirst());
    assertThat(projects(tenant, projects.getFirst(), 10)).containsExactly(projects.getLast());
    assertThat(projects(tenant, projects.getLast(), 10)).isEmpty();
    List<UUID> later = read(tx -> tx.quotas().tenants(tenant, 1000));
    List<UUID> one = read(tx -> tx.quotas().tenants(null, 1));
    assertThat(later).doesNotContain(tenant).contains(world.otherTenantId());
    assertThat(one).hasSize(1);
  }

  private List<UUID> projects(UUID tenant, @Nullable UUID after, int limit) {
    return read(tx -> tx.quotas().projects(tenant, after, limit));
  }

  private List<Drift> drift(@Nullable UUID project) {
    return read(tx -> tx.quotas().drift(world.tenantId(), project));
  }

  private boolean bound(UUID tenant""",1)
s=s.replace("import io.waybill.core.quota.TenantQuota;","import io.waybill.core.quota.Drift;\nimport io.waybill.core.quota.TenantQuota;").replace("import java.util.Map;","import java.util.List;\nimport java.util.Map;")
open(p,'w').write(s)

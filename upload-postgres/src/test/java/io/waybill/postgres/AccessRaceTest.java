package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Grant;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.CreatePermissionGrant;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.UseCases;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberRole;
import io.waybill.core.member.MemberStore;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.member.usecase.InviteMember;
import io.waybill.core.memory.ManualTime;
import io.waybill.core.memory.MemoryHeartbeat;
import io.waybill.core.memory.MemoryObjectStore;
import io.waybill.core.memory.MemorySigner;
import io.waybill.core.work.Ports;
import io.waybill.testkit.contract.Ids;
import io.waybill.testkit.contract.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many who decide at once who may do what: what is promised holds, and nobody gets an error. */
class AccessRaceTest {

  private static final int ROUNDS = 10;
  private static final int RIVALS = 4;

  private final World world = World.fresh();
  private final PostgresSettings settings = ContractDatabase.settings().withPoolSize(8);
  private final PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE);
  private final ManualTime time = new ManualTime(World.BEGINNING);
  private final UseCases cases =
      UseCases.over(
          new Ports<>(
              work,
              new MemoryObjectStore(Set.of()),
              new MemorySigner(),
              new UuidV7(time),
              time,
              new MemoryHeartbeat()),
          UseCases.Settings.DEFAULT);

  @BeforeEach
  void register() {
    PostgresWorld.register(settings, world);
  }

  @AfterEach
  void close() {
    work.close();
  }

  @Test
  void of_all_owners_that_are_taken_out_at_once_one_stays() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<UUID> owners = Stream.generate(Ids::next).limit(RIVALS).toList();
      owners.forEach(owner -> assertThat(invite(owner)).isTrue());
      List<Callable<Boolean>> removals = new ArrayList<>();
      owners.forEach(owner -> removals.add(() -> remove(owner)));

      assertThat(outcomes(removals)).as("round %s", round).containsOnlyOnce(false);

      UUID last =
          owners.stream().filter(owner -> !grantsOf(owner).isEmpty()).findFirst().orElseThrow();
      assertThat(owners.stream().mapToInt(owner -> grantsOf(owner).size()).sum())
          .isEqualTo(MemberRole.OWNER.permissions().size());
      assertThat(invite(Ids.next())).isTrue();
      assertThat(remove(last)).isTrue();
      assertThat(clear()).isOne();
    }
  }

  @Test
  void who_is_invited_many_times_at_once_is_one_member() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID user = Ids.next();

      assertThat(outcomes(Collections.nCopies(RIVALS, () -> invite(user)))).containsOnlyOnce(true);

      assertThat(grantsOf(user)).hasSameSizeAs(MemberRole.OWNER.permissions());
    }
  }

  @Test
  void what_is_granted_many_times_at_once_is_one_grant() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      UUID user = Ids.next();

      assertThat(outcomes(Collections.nCopies(RIVALS, () -> grant(user)))).containsOnly(true);

      assertThat(grantsOf(user)).hasSize(1);
    }
  }

  private static List<Boolean> outcomes(List<Callable<Boolean>> calls) throws Exception {
    List<Boolean> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> outcome : threads.invokeAll(calls)) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }

  private boolean invite(UUID user) {
    InviteMember.Request request =
        new InviteMember.Request(world.project().projectId(), "user", user, "owner");
    return cases.members().inviteMember().handle(admin(), RequestKey.NONE, request)
        instanceof Verdict.Ok;
  }

  private boolean remove(UUID user) {
    return cases
            .members()
            .removeMember()
            .handle(admin(), RequestKey.NONE, world.project().projectId(), user)
        instanceof Verdict.Ok;
  }

  /** Takes out every member, as no road does; how many there were. */
  private int clear() {
    UUID project = world.project().projectId();
    return work.commit(tx -> {
      List<ProjectMember> members =
          tx.members().list(new MemberStore.Query(world.tenantId(), project, null, 100));
      members.forEach(tx.members()::delete);
      return members.size();
    });
  }

  private boolean grant(UUID user) {
    CreatePermissionGrant.Request request =
        new CreatePermissionGrant.Request("user", user, "tenant", null, "project.view", null, null);
    return cases.access().createPermissionGrant().handle(admin(), RequestKey.NONE, request)
        instanceof Verdict.Ok;
  }

  private List<PermissionGrant> grantsOf(UUID user) {
    GrantStore.Query query =
        new GrantStore.Query(
            world.tenantId(),
            new Subject(SubjectKind.USER, user),
            null,
            null,
            Set.of(),
            World.BEGINNING,
            null,
            200);
    return work.read(tx -> tx.grants().list(query));
  }

  private Caller admin() {
    List<Grant> all =
        Stream.of(Permission.values())
            .map(one ->
                new Grant(
                    ResourceKind.TENANT, world.tenantId(), one.code(), Grant.Effect.ALLOW, null))
            .toList();
    Identity identity =
        new Identity(
            world.tenantId(),
            SubjectKind.API_KEY,
            Ids.next(),
            "wb_admin",
            Identity.Standing.ACTIVE,
            all);
    return new Caller(identity, "req-race", "http");
  }
}

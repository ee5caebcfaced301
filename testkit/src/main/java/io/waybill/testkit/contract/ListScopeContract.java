package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Authorizer;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.project.Project;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is granted: a list shows the projects that the evaluator allows, and no other. */
public abstract class ListScopeContract extends PortContract {
  private static final int ROUNDS = 200;
  private static final int MOST_GRANTS = 4;
  private static final List<Permission> ASKED =
      List.of(Permission.PROJECT_VIEW, Permission.DEVICE_VIEW);

  @Test
  void a_list_shows_exactly_what_the_evaluator_allows() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Identity identity = identity(random);
      Permission permission = one(random, ASKED);

      assertThat(listed(identity, permission))
          .as("seed %s: %s for %s", seed, permission, identity)
          .isEqualTo(allowed(identity, permission));
    }
  }

  private List<Project> listed(Identity identity, Permission permission) {
    return read(tx ->
        tx.projects()
            .list(identity.tenantId(), Authorizer.scope(identity, permission, T0), null, 10));
  }

  private List<Project> allowed(Identity identity, Permission permission) {
    return Stream.of(world.strict(), world.project())
        .filter(project ->
            Authorizer.allows(
                identity,
                permission,
                Resource.project(project.tenantId(), project.projectId()),
                T0))
        .toList();
  }

  private Identity identity(Random random) {
    boolean isDevice = random.nextInt(3) == 0;
    return new Identity(
        world.tenantId(),
        isDevice ? SubjectKind.DEVICE : SubjectKind.API_KEY,
        Ids.next(),
        "random",
        Identity.Standing.ACTIVE,
        Stream.concat(
                Stream.generate(() -> grant(random)).limit(random.nextInt(MOST_GRANTS)),
                isDevice ? DeviceAccess.to(project(random)).stream() : Stream.of())
            .toList());
  }

  /** One that may be over, or of a resource that is another tenant's. */
  private Grant grant(Random random) {
    boolean isOfTenant = random.nextInt(3) == 0;
    int life = random.nextInt(4);
    return new Grant(
        isOfTenant ? ResourceKind.TENANT : ResourceKind.PROJECT,
        isOfTenant ? tenant(random) : project(random),
        one(random, ASKED).code(),
        random.nextInt(3) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW,
        life == 3 ? null : at(life - 1L));
  }

  private UUID tenant(Random random) {
    return one(random, List.of(world.tenantId(), world.tenantId(), world.otherTenantId()));
  }

  private UUID project(Random random) {
    return one(random, List.of(world.project(), world.strict(), world.foreign())).projectId();
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

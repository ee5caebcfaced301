package io.waybill.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.project.usecase.ReadProjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a project says that the caller may do is what the simple evaluator says. */
class EffectivePermissionsTest {

  private static final int ROUNDS = 2_000;
  private static final Resource PROJECT = Resource.project(Registry.TENANT, Registry.PROJECT);

  private final World world = new World();
  private final Instant now = world.ports.now();

  @Test
  void a_project_tells_every_permission_that_the_simple_evaluator_gives_and_no_other() {
    ReadProjects read = new ReadProjects(world.ports);
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Grant> grants = new ArrayList<>();
      grants.add(Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.PROJECT_VIEW));
      for (int i = random.nextInt(12); i >= 0; i--) {
        grants.add(grant(random));
      }
      Caller caller = Registry.having(grants.toArray(Grant[]::new));
      List<String> expected =
          Arrays.stream(Permission.values())
              .filter(one -> RandomGrantsTest.simply(caller.identity(), one, PROJECT, now))
              .map(Permission::code)
              .sorted()
              .toList();

      Verdict<ProjectAnswer> told = read.handle(caller, Registry.PROJECT);

      if (expected.contains(Permission.PROJECT_VIEW.code())) {
        assertThat(told).isInstanceOf(Verdict.Ok.class);
        assertThat(((Verdict.Ok<ProjectAnswer>) told).value().effectivePermissions())
            .as("seed %s: %s", seed, grants)
            .isEqualTo(expected);
      } else {
        assertThat(told).as("seed %s: %s", seed, grants).isInstanceOf(Verdict.Refused.class);
      }
    }
  }

  /** Of above, of the project, of beside it and of below; one in three is over. */
  private Grant grant(Random random) {
    List<Resource.Node> nodes =
        List.of(
            new Resource.Node(ResourceKind.TENANT, Registry.TENANT),
            new Resource.Node(ResourceKind.PROJECT, Registry.PROJECT),
            new Resource.Node(ResourceKind.PROJECT, Registry.STRICT_PROJECT),
            new Resource.Node(ResourceKind.DATASET, Registry.PROJECT));
    Resource.Node on = nodes.get(random.nextInt(nodes.size()));
    Permission[] all = Permission.values();
    int life = random.nextInt(3);
    return new Grant(
        on.kind(),
        on.id(),
        all[random.nextInt(all.length)].code(),
        random.nextInt(3) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW,
        life == 2 ? null : now.plusSeconds(life));
  }
}

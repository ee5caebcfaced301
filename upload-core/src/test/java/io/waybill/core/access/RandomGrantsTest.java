package io.waybill.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The evaluator beside one that is too simple to be wrong, and lists beside both. */
class RandomGrantsTest {

  private static final int ROUNDS = 20_000;
  private static final int MOST_GRANTS = 6;
  private static final Instant NOW = Registry.BEGINNING;
  private static final List<UUID> IDS = List.of(new UUID(9, 1), new UUID(9, 2), new UUID(9, 3));
  private static final UUID TENANT = IDS.getFirst();

  /** Few enough that grants meet what is asked for. */
  private static final List<Permission> ASKED =
      List.of(
          Permission.DATASET_VIEW,
          Permission.UPLOAD_PAUSE,
          Permission.DATASET_DOWNLOAD,
          Permission.DATASET_PURGE);

  private static final List<ResourceKind> KINDS =
      List.of(
          ResourceKind.TENANT,
          ResourceKind.PROJECT,
          ResourceKind.DATASET,
          ResourceKind.UPLOAD_TASK,
          ResourceKind.UPLOAD_SESSION);

  /** What docs/permissions.md promises a device of its own uploads. */
  private static final Set<String> OF_A_DEVICE =
      Set.of(
          "upload.create",
          "upload.presign",
          "upload.pause",
          "upload.resume",
          "upload.abort",
          "upload.complete",
          "upload.retry",
          "project.view",
          "dataset.view");

  @Test
  void the_evaluator_says_what_the_simple_one_says() {
    int allowed = 0;
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Identity identity = identity(random);
      Resource resource = resource(random);
      Permission permission = one(random, ASKED);

      boolean told = Authorizer.allows(identity, permission, resource, NOW);

      assertThat(told)
          .as("seed %s: %s, %s on %s", seed, identity, permission, resource)
          .isEqualTo(simply(identity, permission, resource, NOW));
      allowed += told ? 1 : 0;
    }
    assertThat(allowed).as("both answers are met often").isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  @Test
  void a_list_holds_the_projects_that_the_evaluator_allows() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Identity identity = identity(random);
      Permission permission = one(random, ASKED);
      ProjectScope scope = Authorizer.scope(identity, permission, NOW);

      for (UUID project : IDS) {
        assertThat(scope.contains(project))
            .as("seed %s: %s, %s in %s", seed, identity, permission, project)
            .isEqualTo(
                Authorizer.allows(identity, permission, Resource.project(TENANT, project), NOW));
      }
    }
  }

  @Test
  void a_list_in_a_project_leaves_out_what_the_evaluator_denies() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      Identity identity = identity(random);
      Permission permission = one(random, ASKED);
      UUID project = one(random, IDS);
      UUID dataset = one(random, IDS);
      boolean isListed =
          Authorizer.scope(identity, permission, NOW).contains(project)
              && !Authorizer.denied(identity, permission, ResourceKind.DATASET, NOW)
                  .contains(dataset);

      boolean isAllowed =
          Authorizer.allows(identity, permission, Resource.dataset(TENANT, project, dataset), NOW);

      assertThat(!isListed || isAllowed)
          .as("seed %s: %s, %s on dataset %s of %s", seed, identity, permission, dataset, project)
          .isTrue();
    }
  }

  @Test
  void what_opens_a_project_to_a_device_is_what_the_page_says() {
    assertThat(DeviceAccess.to(IDS.getFirst()))
        .extracting(Grant::code)
        .containsExactlyInAnyOrderElementsOf(OF_A_DEVICE);
  }

  /** Every rule, read aloud. */
  static boolean simply(Identity identity, Permission permission, Resource resource, Instant now) {
    if (!identity.onlyDevices().isEmpty() && permission == Permission.DATASET_PURGE) {
      return false; // the one of those that are asked for that uploads do not need
    }
    boolean allow = false;
    for (Resource.Node node : resource.path()) {
      for (Grant grant : identity.grants()) {
        boolean isOver = grant.expiresAt() != null && !grant.expiresAt().isAfter(now);
        if (isOver
            || grant.resourceKind() != node.kind()
            || !grant.resourceId().equals(node.id())
            || !grant.code().equals(permission.code())) {
          continue;
        }
        if (grant.effect() == Grant.Effect.DENY) {
          return false;
        }
        allow = true;
      }
    }
    return allow;
  }

  private static Identity identity(Random random) {
    List<Grant> grants = new ArrayList<>();
    for (int i = random.nextInt(MOST_GRANTS); i >= 0; i--) {
      grants.add(grant(random));
    }
    boolean isDevice = random.nextInt(3) == 0;
    if (isDevice) {
      grants.addAll(DeviceAccess.to(one(random, IDS)));
    }
    return new Identity(
        TENANT,
        isDevice ? SubjectKind.DEVICE : SubjectKind.API_KEY,
        new UUID(9, 9),
        "random",
        Identity.Standing.ACTIVE,
        grants,
        !isDevice && random.nextInt(3) == 0 ? Set.of(one(random, IDS)) : Set.of());
  }

  private static Grant grant(Random random) {
    ResourceKind kind = one(random, KINDS);
    int life = random.nextInt(4);
    return new Grant(
        kind,
        kind == ResourceKind.TENANT ? TENANT : one(random, IDS),
        one(random, ASKED).code(),
        random.nextInt(4) == 0 ? Grant.Effect.DENY : Grant.Effect.ALLOW,
        life == 3 ? null : NOW.plusSeconds(life - 1L));
  }

  private static Resource resource(Random random) {
    Resource resource = Resource.tenant(TENANT);
    for (ResourceKind kind : KINDS.subList(1, 1 + random.nextInt(KINDS.size()))) {
      resource = resource.under(kind, one(random, IDS));
    }
    return resource;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

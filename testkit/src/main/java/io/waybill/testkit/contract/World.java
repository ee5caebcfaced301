package io.waybill.testkit.contract;

import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The registry that a contract test finds: two tenants that must never meet. Ids are new in every
 * world, so that many can live in one database.
 *
 * @param strict a project whose policy requires validation
 * @param foreign a project of the other tenant
 * @param apiKey may do everything in the tenant
 * @param robot may upload to the project
 * @param apiKeySha256 finds {@code apiKey}
 * @param credentialSha256 finds {@code robot}
 */
public record World(
    Project project,
    Project strict,
    Project foreign,
    StoragePolicy policy,
    StoragePolicy strictPolicy,
    StoragePolicy foreignPolicy,
    Identity apiKey,
    Identity robot,
    Identity otherRobot,
    String apiKeySha256,
    String credentialSha256,
    String otherCredentialSha256) {

  public static final Instant BEGINNING = Instant.parse("2026-11-23T08:00:00.123456Z");

  public static World fresh() {
    UUID tenant = Ids.next();
    UUID otherTenant = Ids.next();
    StoragePolicy policy = policy(false);
    StoragePolicy strictPolicy = policy(true);
    StoragePolicy foreignPolicy = policy(false);
    Project project = project(tenant, null, "line-3");
    return new World(
        project,
        project(tenant, strictPolicy.storagePolicyId(), "line-4"),
        project(otherTenant, null, "line-3"),
        policy,
        strictPolicy,
        foreignPolicy,
        apiKey(tenant),
        robot(tenant, "robot-17", List.of(project.projectId())),
        robot(tenant, "robot-18", List.of()),
        Ids.sha256(),
        Ids.sha256(),
        Ids.sha256());
  }

  public UUID tenantId() {
    return project.tenantId();
  }

  public UUID otherTenantId() {
    return foreign.tenantId();
  }

  private static StoragePolicy policy(boolean validationRequired) {
    return new StoragePolicy(
        Ids.next(),
        "default",
        "robot-data",
        64L << 20,
        Duration.ofMinutes(15),
        Duration.ofHours(24),
        Duration.ofDays(30),
        Set.of("application/octet-stream", "video/mp4"),
        validationRequired);
  }

  private static Project project(UUID tenant, @Nullable UUID policyId, String slug) {
    return new Project(
        Ids.next(),
        tenant,
        policyId,
        slug,
        "Robotics, " + slug,
        null,
        ProjectStatus.ACTIVE,
        Map.of("site", "Köln"),
        1,
        BEGINNING,
        BEGINNING,
        null);
  }

  private static Identity apiKey(UUID tenant) {
    List<Grant> grants =
        List.of(
            new Grant(
                ResourceKind.TENANT,
                tenant,
                Permission.DATASET_VIEW.code(),
                Grant.Effect.ALLOW,
                null),
            new Grant(
                ResourceKind.PROJECT,
                Ids.next(),
                "dataset.of_another_version",
                Grant.Effect.DENY,
                BEGINNING.plusSeconds(60)));
    return new Identity(
        tenant,
        SubjectKind.API_KEY,
        Ids.next(),
        "wb_test",
        Identity.Standing.ACTIVE,
        grants,
        List.of());
  }

  private static Identity robot(UUID tenant, String code, List<UUID> projects) {
    return new Identity(
        tenant,
        SubjectKind.DEVICE,
        Ids.next(),
        code,
        Identity.Standing.ACTIVE,
        List.of(),
        projects);
  }
}

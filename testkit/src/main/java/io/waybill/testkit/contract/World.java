package io.waybill.testkit.contract;

import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.work.IdSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The registry that a contract test finds: two tenants that must never meet. Ids are new in every
 * {@link #fresh} world, so that many can live in one database.
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
    return of(Ids::next);
  }

  /** One whose ids come from here: the same ids make the same world. */
  public static World of(IdSource ids) {
    UUID tenant = ids.next();
    UUID otherTenant = ids.next();
    StoragePolicy policy = policy(ids, false);
    StoragePolicy strictPolicy = policy(ids, true);
    StoragePolicy foreignPolicy = policy(ids, false);
    Project project = project(ids, tenant, null, "line-3");
    return new World(
        project,
        project(ids, tenant, strictPolicy.storagePolicyId(), "line-4"),
        project(ids, otherTenant, null, "line-3"),
        policy,
        strictPolicy,
        foreignPolicy,
        apiKey(ids, tenant),
        robot(ids, tenant, "robot-17", List.of(project.projectId())),
        robot(ids, tenant, "robot-18", List.of()),
        Ids.sha256(ids),
        Ids.sha256(ids),
        Ids.sha256(ids));
  }

  public UUID tenantId() {
    return project.tenantId();
  }

  public UUID otherTenantId() {
    return foreign.tenantId();
  }

  private static StoragePolicy policy(IdSource ids, boolean validationRequired) {
    return new StoragePolicy(
        ids.next(),
        "default",
        "robot-data",
        64L << 20,
        Duration.ofMinutes(15),
        Duration.ofHours(24),
        Duration.ofDays(30),
        Set.of("application/octet-stream", "video/mp4"),
        validationRequired);
  }

  private static Project project(IdSource ids, UUID tenant, @Nullable UUID policyId, String slug) {
    return new Project(
        ids.next(),
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

  private static Identity apiKey(IdSource ids, UUID tenant) {
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
                ids.next(),
                "dataset.of_another_version",
                Grant.Effect.DENY,
                BEGINNING.plusSeconds(60)));
    return new Identity(
        tenant, SubjectKind.API_KEY, ids.next(), "wb_test", Identity.Standing.ACTIVE, grants);
  }

  private static Identity robot(IdSource ids, UUID tenant, String code, List<UUID> projects) {
    return new Identity(
        tenant,
        SubjectKind.DEVICE,
        ids.next(),
        code,
        Identity.Standing.ACTIVE,
        projects.stream().flatMap(id -> DeviceAccess.to(id).stream()).toList());
  }
}

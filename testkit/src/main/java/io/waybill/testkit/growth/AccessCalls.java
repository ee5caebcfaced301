package io.waybill.testkit.growth;

import io.waybill.core.access.ApiKeyStore;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.UserTokens;
import io.waybill.core.app.Stores;
import io.waybill.testkit.contract.World;
import io.waybill.testkit.growth.Crowd.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who calls, what stands where, who may what. */
final class AccessCalls {
  private static final int MIDDLE = 500;
  private static final Instant NOW = World.BEGINNING;

  private final Crowd crowd;
  private final int rows;
  private final UUID tenant;
  private final Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();

  AccessCalls(Crowd crowd, int rows) {
    this.crowd = crowd;
    this.rows = rows;
    this.tenant = crowd.world().tenantId();
  }

  Map<String, Consumer<Stores>> all() {
    callers();
    resources();
    grants();
    keys();
    return calls;
  }

  private void callers() {
    World world = crowd.world();
    UserTokens.User user =
        new UserTokens.User(tenant, crowd.user(), Set.of(crowd.group(), crowd.rareTag()));
    calls.put("caller: a key", tx -> tx.identities().byApiKey(world.apiKeySha256(), NOW));
    calls.put(
        "caller: a credential",
        tx -> tx.identities().byDeviceCredential(world.credentialSha256(), NOW));
    calls.put("caller: a device", tx -> tx.identities().device(tenant, world.robot().id()));
    calls.put("caller: a device of many", tx -> tx.identities().device(tenant, id(Kind.DEVICE)));
    calls.put("caller: a user", tx -> tx.identities().user(user));
    calls.put(
        "caller: is it its credential",
        tx -> tx.credentials().find(tenant, world.robot().id(), world.credentialSha256()));
  }

  private UUID id(Kind kind) {
    return crowd.id(kind, MIDDLE);
  }

  private void resources() {
    resource(ResourceKind.TENANT, tenant);
    resource(ResourceKind.PROJECT, id(Kind.PROJECT));
    resource(ResourceKind.DATASET, id(Kind.DATASET));
    resource(ResourceKind.UPLOAD_TASK, id(Kind.TASK));
    resource(ResourceKind.UPLOAD_SESSION, id(Kind.SESSION));
    resource(ResourceKind.DEVICE, id(Kind.DEVICE));
    resource(ResourceKind.TAG_CATEGORY, id(Kind.TAG_CATEGORY));
    resource(ResourceKind.TAG, id(Kind.TAG));
    resource(ResourceKind.STORAGE_POLICY, id(Kind.POLICY));
    calls.put(
        "resource: is there a key",
        tx -> tx.resources().has(tenant, new Subject(SubjectKind.API_KEY, id(Kind.API_KEY))));
    calls.put("resource: a project in full", tx -> tx.projects().find(tenant, id(Kind.PROJECT)));
    calls.put("resource: a device in full", tx -> tx.devices().find(tenant, id(Kind.DEVICE)));
    calls.put(
        "resource: a policy in full", tx -> tx.storagePolicies().find(tenant, id(Kind.POLICY)));
  }

  private void resource(ResourceKind kind, UUID id) {
    calls.put(
        "resource: a " + kind.code(),
        tx -> tx.resources().find(tenant, new Resource.Node(kind, id)));
  }

  private void grants() {
    Subject robot = new Subject(SubjectKind.DEVICE, crowd.world().robot().id());
    UUID project = crowd.world().project().projectId();
    UUID dataset = id(Kind.DATASET);
    grant("the newest", null, null, null, Set.of(), null);
    grant("a page in the middle", null, null, null, Set.of(), id(Kind.GRANT));
    grant("a subject", robot, null, null, Set.of(), null);
    grant("a common resource", null, ResourceKind.PROJECT, project, Set.of(), null);
    grant("a rare resource", null, ResourceKind.DATASET, dataset, Set.of(), null);
    grant("a subject on a resource", robot, ResourceKind.PROJECT, project, Set.of(), null);
    grant("all but those of a dataset", null, null, null, Set.of(dataset), null);
  }

  private void grant(
      String name,
      @Nullable Subject subject,
      @Nullable ResourceKind kind,
      @Nullable UUID resource,
      Set<UUID> denied,
      @Nullable UUID before) {
    GrantStore.Query query =
        new GrantStore.Query(tenant, subject, kind, resource, denied, NOW, before, rows);
    calls.put("grants: " + name, tx -> tx.grants().list(query));
  }

  private void keys() {
    key("the newest", null, null);
    key("a page in the middle", null, id(Kind.API_KEY));
    key("rare prefix", "wb_rare", null);
    key("common prefix", "wb_", null);
    key("prefix of none", "wb_nobody", null);
  }

  private void key(String name, @Nullable String prefix, @Nullable UUID before) {
    ApiKeyStore.Query query = new ApiKeyStore.Query(tenant, prefix, before, rows);
    calls.put("keys: " + name, tx -> tx.apiKeys().list(query));
  }
}

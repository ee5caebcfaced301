package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.device.Device;
import io.waybill.core.device.DeviceStatus;
import io.waybill.core.tag.Tag;
import io.waybill.core.tag.TagCategory;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Session;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.access.ResourceStore}. */
public abstract class ResourceStoreContract extends PortContract {

  @Test
  void every_kind_is_found_with_all_that_it_stands_under() {
    UUID tenant = world.tenantId();
    UUID project = world.project().projectId();
    Session session = initiating();
    Owner owner = session.upload().owner();
    UUID policy = world.policy().storagePolicyId();
    TagCategory category = category();

    holds(Resource.tenant(tenant));
    holds(Resource.project(tenant, project));
    holds(Resource.dataset(tenant, project, owner.datasetId()));
    holds(Resource.task(tenant, project, owner.taskId()));
    holds(owner.resource(session.upload().sessionId()));
    holds(device().resource());
    holds(Resource.tenant(tenant).under(ResourceKind.STORAGE_POLICY, policy));
    holds(category.resource());
    holds(tag().resource());
  }

  private void holds(Resource resource) {
    assertThat(find(world.tenantId(), resource.self())).contains(resource);
    assertThat(find(world.otherTenantId(), resource.self())).isEmpty();
    Resource.Node nobodys = new Resource.Node(resource.self().kind(), Ids.next());
    assertThat(find(world.tenantId(), nobodys)).isEmpty();
  }

  @Test
  void what_no_grant_is_given_on_is_not_found() {
    UUID key = world.apiKey().id();
    assertThat(find(world.tenantId(), new Resource.Node(ResourceKind.API_KEY, key))).isEmpty();
  }

  @Test
  void devices_and_keys_are_their_tenants_and_users_everybodys() {
    assertThat(has(world.tenantId(), world.robot().subject())).isTrue();
    assertThat(has(world.tenantId(), world.apiKey().subject())).isTrue();
    assertThat(has(world.otherTenantId(), world.robot().subject())).isFalse();
    assertThat(has(world.otherTenantId(), world.apiKey().subject())).isFalse();
    assertThat(has(world.tenantId(), new Subject(SubjectKind.API_KEY, world.robot().id())))
        .isFalse();
    assertThat(has(world.tenantId(), new Subject(SubjectKind.USER, Ids.next()))).isTrue();
    assertThat(has(world.tenantId(), new Subject(SubjectKind.GROUP, Ids.next()))).isTrue();
  }

  private TagCategory category() {
    TagCategory category =
        new TagCategory(
            Ids.next(), world.tenantId(), world.project().projectId(), "shift", null, 1, T0, T0);
    commit(tx -> tx.tagCategories().insert(category));
    return category;
  }

  private Device device() {
    Device device =
        new Device(
            Ids.next(),
            world.tenantId(),
            world.project().projectId(),
            new Device.Profile("Press 1", "press-1", "press", Map.of()),
            DeviceStatus.PENDING,
            1,
            null,
            Device.Presence.UNKNOWN,
            1,
            T0,
            T0);
    boolean isNew = commit(tx -> tx.devices().insert(device));
    assertThat(isNew).isTrue();
    return device;
  }

  private Tag tag() {
    Tag tag =
        new Tag(
            Ids.next(),
            world.tenantId(),
            world.project().projectId(),
            null,
            "night",
            null,
            1,
            T0,
            T0);
    boolean isNew = commit(tx -> tx.tags().insert(tag));
    assertThat(isNew).isTrue();
    return tag;
  }

  private Optional<Resource> find(UUID tenant, Resource.Node node) {
    return read(tx -> tx.resources().find(tenant, node));
  }

  private boolean has(UUID tenant, Subject subject) {
    return read(tx -> tx.resources().has(tenant, subject));
  }
}

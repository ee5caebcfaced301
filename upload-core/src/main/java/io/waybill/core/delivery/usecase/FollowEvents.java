package io.waybill.core.delivery.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.delivery.DeliveryStores;
import io.waybill.core.delivery.StreamStore;
import io.waybill.core.delivery.StreamStore.Place;
import io.waybill.core.delivery.StreamStore.Stretch;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.work.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Follows what happens in projects. Reads are one statement each and belong to nobody: one reader
 * may read for many who follow, and asks for each of them what it may see.
 */
public final class FollowEvents {

  /** How long events are there to be read again, at least, but for what transactions take. */
  public static final Duration KEPT = ForgetEvents.KEEPING.events().minusHours(1);

  // Less than what waits for one who follows: who takes all that it is given is never let go.
  private static final int LOOKED_AT = 200;
  private static final int PAGE = 200;

  private final Ports<? extends DeliveryStores> ports;

  FollowEvents(Ports<? extends DeliveryStores> ports) {
    this.ports = ports;
  }

  /** Whether somebody may follow a project. */
  public Verdict<Resource> admit(Identity identity, UUID projectId) {
    UUID tenant = identity.tenantId();
    Optional<Resource> found =
        ports
            .work()
            .read(tx ->
                tx.resources().find(tenant, new Resource.Node(ResourceKind.PROJECT, projectId)));
    return found.isEmpty()
        ? Gate.missing(ResourceKind.PROJECT)
        : Gate.pass(identity, Permission.DATASET_VIEW, found.get(), ports.now());
  }

  /** Whether an event is of a kind that is followed, and about what this caller may see. */
  public boolean shows(Identity identity, OutboxEvent event) {
    ResourceKind kind = ResourceKind.WORDS.get(event.aggregateType());
    UUID project = event.projectId();
    if (kind == null || project == null || !event.tenantId().equals(identity.tenantId())) {
      return false;
    }
    Resource above = Resource.project(event.tenantId(), project);
    return switch (kind) {
      case DATASET -> sees(identity, above.under(kind, event.aggregateId()), event);
      case UPLOAD_SESSION ->
          sees(
              identity,
              above
                  .under(ResourceKind.DATASET, id(event, ResourceKind.DATASET))
                  .under(ResourceKind.UPLOAD_TASK, id(event, ResourceKind.UPLOAD_TASK))
                  .under(kind, event.aggregateId()),
              event);
      case DEVICE -> seesDevice(identity, above.under(kind, event.aggregateId()));
      case DEVICE_COMMAND ->
          seesDevice(identity, above.under(ResourceKind.DEVICE, id(event, ResourceKind.DEVICE)));
      default -> false;
    };
  }

  private static UUID id(OutboxEvent event, ResourceKind kind) {
    return UUID.fromString(String.valueOf(event.payload().get(kind.idField())));
  }

  private boolean sees(Identity identity, Resource resource, OutboxEvent event) {
    return identity.meets(event.deviceId().orElse(null))
        && Authorizer.allows(identity, Permission.DATASET_VIEW, resource, ports.now());
  }

  private boolean seesDevice(Identity identity, Resource resource) {
    return Authorizer.allows(identity, Permission.DEVICE_VIEW, resource, ports.now());
  }

  /** The time, by which what was read is too old to be gone on with. */
  public Instant now() {
    return ports.now();
  }

  /** See {@link StreamStore#end()}. */
  public Place end() {
    return ports.work().read(tx -> tx.stream().end());
  }

  /** The next of these projects. */
  public Stretch after(Place place, Set<UUID> projects) {
    return ports.work().read(tx -> tx.stream().after(place, projects, LOOKED_AT));
  }

  /** The next of one project, for who has missed some. */
  public Stretch missed(UUID tenantId, UUID projectId, Place place) {
    return ports.work().read(tx -> tx.stream().ofProject(tenantId, projectId, place, PAGE));
  }
}

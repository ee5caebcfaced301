package io.waybill.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something a caller wants to touch, with everything it stands under.
 *
 * @param path from the resource itself up to its tenant
 */
public record Resource(List<Node> path) {

  /** One step of the way up. */
  public record Node(ResourceKind kind, UUID id) {}

  public Resource {
    path = List.copyOf(path);
  }

  public static Resource tenant(UUID tenantId) {
    return new Resource(List.of(new Node(ResourceKind.TENANT, tenantId)));
  }

  public static Resource project(UUID tenantId, UUID projectId) {
    return new Resource(
        List.of(
            new Node(ResourceKind.PROJECT, projectId), new Node(ResourceKind.TENANT, tenantId)));
  }

  public static Resource device(UUID tenantId, UUID deviceId) {
    return new Resource(
        List.of(new Node(ResourceKind.DEVICE, deviceId), new Node(ResourceKind.TENANT, tenantId)));
  }

  public static Resource dataset(UUID tenantId, UUID projectId, UUID datasetId) {
    return project(tenantId, projectId).under(ResourceKind.DATASET, datasetId);
  }

  public static Resource task(UUID tenantId, UUID projectId, UUID taskId) {
    return project(tenantId, projectId).under(ResourceKind.UPLOAD_TASK, taskId);
  }

  /** Something that stands under this. */
  public Resource under(ResourceKind kind, UUID id) {
    List<Node> longer = new ArrayList<>(path.size() + 1);
    longer.add(new Node(kind, id));
    longer.addAll(path);
    return new Resource(longer);
  }

  /** The resource itself. */
  public Node self() {
    return path.getFirst();
  }

  /** The tenant above it all. */
  public UUID tenantId() {
    return path.getLast().id();
  }

  /** The project that it is, or stands under. */
  public Optional<UUID> projectId() {
    return path.stream()
        .filter(node -> node.kind() == ResourceKind.PROJECT)
        .map(Node::id)
        .findFirst();
  }

  boolean liesUnder(Grant grant) {
    for (Node node : path) {
      if (node.kind() == grant.resourceKind() && node.id().equals(grant.resourceId())) {
        return true;
      }
    }
    return false;
  }
}

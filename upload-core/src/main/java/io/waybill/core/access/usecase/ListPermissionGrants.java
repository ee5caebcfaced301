package io.waybill.core.access.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.Subject;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is granted in a tenant, or on one resource, newest first. */
public final class ListPermissionGrants {

  private final Ports<? extends AccessStores> ports;

  public ListPermissionGrants(Ports<? extends AccessStores> ports) {
    this.ports = ports;
  }

  /**
   * One page, asked for in the words of the API.
   *
   * @param subjectType with {@code subjectId}; null for everybody's
   * @param resourceType with {@code resourceId}: that very resource; null for the whole tenant
   * @param before the last id of the page before; null for the first page
   */
  public record Request(
      @Nullable String subjectType,
      @Nullable UUID subjectId,
      @Nullable String resourceType,
      @Nullable UUID resourceId,
      @Nullable UUID before,
      int limit) {}

  public Verdict<Page<PermissionGrantAnswer>> handle(Caller caller, Request request) {
    Identity identity = caller.identity();
    Instant now = ports.now();
    GrantWords words = new GrantWords(identity.tenantId());
    Subject subject = words.subject(request.subjectType(), request.subjectId());
    Resource.Node on = words.resource(request.resourceType(), request.resourceId());
    return words
        .read(() ->
            new GrantStore.Query(
                identity.tenantId(),
                subject,
                on == null ? null : on.kind(),
                on == null ? null : on.id(),
                Authorizer.denied(identity, Permission.PERMISSION_GRANT_VIEW, now),
                now,
                request.before(),
                request.limit() + 1))
        .then(query -> pass(identity, on, now).map(ok -> page(query, request.limit())));
  }

  private Verdict<Resource> pass(Identity identity, Resource.@Nullable Node on, Instant now) {
    Resource.Node asked =
        on == null ? new Resource.Node(ResourceKind.TENANT, identity.tenantId()) : on;
    return ports
        .work()
        .read(tx -> tx.resources().find(identity.tenantId(), asked))
        .map(found -> Gate.pass(identity, Permission.PERMISSION_GRANT_VIEW, found, now))
        .orElseGet(() -> Gate.missing(asked.kind()));
  }

  private Page<PermissionGrantAnswer> page(GrantStore.Query query, int limit) {
    List<PermissionGrantAnswer> found =
        ports.work().read(tx -> tx.grants().list(query)).stream()
            .map(PermissionGrantAnswer::of)
            .toList();
    return Page.of(found, limit, PermissionGrantAnswer::permissionGrantId);
  }
}

package io.waybill.core.tag.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.tag.TagCategoryAnswer;
import io.waybill.core.tag.TagCategoryStore;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project's tag categories, newest first. */
public final class ListTagCategories {

  private final Ports<? extends TagStores> ports;

  public ListTagCategories(Ports<? extends TagStores> ports) {
    this.ports = ports;
  }

  /**
   * One page.
   *
   * @param before the last id of the page before; null for the first page
   */
  public record Request(UUID projectId, @Nullable UUID before, int limit) {}

  public Verdict<Page<TagCategoryAnswer>> handle(Caller caller, Request request) {
    Instant now = ports.now();
    TagCategoryStore.Query query =
        new TagCategoryStore.Query(
            caller.identity().tenantId(),
            request.projectId(),
            request.before(),
            Authorizer.denied(
                caller.identity(), Permission.PROJECT_VIEW, ResourceKind.TAG_CATEGORY, now),
            request.limit() + 1);
    return ProjectGate.pass(
            ports, caller.identity(), Permission.PROJECT_VIEW, request.projectId(), now)
        .then(ok -> page(caller, request, query));
  }

  private Verdict<Page<TagCategoryAnswer>> page(
      Caller caller, Request request, TagCategoryStore.Query query) {
    List<TagCategoryAnswer> found =
        ports.work().read(tx -> tx.tagCategories().list(query)).stream()
            .map(TagCategoryAnswer::of)
            .toList();
    return found.isEmpty() && ProjectGate.isAbsent(ports, caller.identity(), request.projectId())
        ? Gate.missing(ResourceKind.PROJECT)
        : Verdict.ok(Page.of(found, request.limit(), TagCategoryAnswer::tagCategoryId));
  }
}

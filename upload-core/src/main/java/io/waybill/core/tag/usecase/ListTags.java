package io.waybill.core.tag.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.ProjectGate;
import io.waybill.core.tag.TagAnswer;
import io.waybill.core.tag.TagStore;
import io.waybill.core.tag.TagStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project's tags, newest first. */
public final class ListTags {

  private final Ports<? extends TagStores> ports;

  public ListTags(Ports<? extends TagStores> ports) {
    this.ports = ports;
  }

  /**
   * One page.
   *
   * @param tagCategoryId of this category only; null for all
   * @param before the last id of the page before; null for the first page
   */
  public record Request(
      UUID projectId, @Nullable UUID tagCategoryId, @Nullable UUID before, int limit) {}

  public Verdict<Page<TagAnswer>> handle(Caller caller, Request request) {
    Instant now = ports.now();
    TagStore.Query query =
        new TagStore.Query(
            caller.identity().tenantId(),
            request.projectId(),
            request.tagCategoryId(),
            request.before(),
            Authorizer.denied(caller.identity(), Permission.PROJECT_VIEW, ResourceKind.TAG, now),
            request.limit() + 1);
    return ProjectGate.pass(
            ports, caller.identity(), Permission.PROJECT_VIEW, request.projectId(), now)
        .then(ok -> page(caller, request, query));
  }

  private Verdict<Page<TagAnswer>> page(Caller caller, Request request, TagStore.Query query) {
    List<TagAnswer> found =
        ports.work().read(tx -> tx.tags().list(query)).stream().map(TagAnswer::of).toList();
    return found.isEmpty() && ProjectGate.isAbsent(ports, caller.identity(), request.projectId())
        ? Gate.missing(ResourceKind.PROJECT)
        : Verdict.ok(Page.of(found, request.limit(), TagAnswer::tagId));
  }
}

package io.waybill.core.member.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.member.MemberAnswer;
import io.waybill.core.member.MemberStore;
import io.waybill.core.member.MemberStores;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A project's members, newest first, disabled ones included. */
public final class ListMembers {

  private final Ports<? extends MemberStores> ports;

  ListMembers(Ports<? extends MemberStores> ports) {
    this.ports = ports;
  }

  /**
   * One page.
   *
   * @param before the last member of the page before; null for the first page
   */
  public record Request(UUID projectId, @Nullable UUID before, int limit) {}

  public Verdict<Page<MemberAnswer>> handle(Caller caller, Request request) {
    UUID tenantId = caller.identity().tenantId();
    Resource project = Resource.project(tenantId, request.projectId());
    MemberStore.Query query =
        new MemberStore.Query(tenantId, request.projectId(), request.before(), request.limit() + 1);
    Verdict<Resource> verdict =
        Gate.pass(caller.identity(), Permission.PROJECT_MEMBERS_VIEW, project, ports.now());
    return verdict instanceof Verdict.Refused && isAbsent(project)
        ? Gate.missing(ResourceKind.PROJECT)
        : verdict.then(ok -> page(project, query, request.limit()));
  }

  private Verdict<Page<MemberAnswer>> page(Resource project, MemberStore.Query query, int limit) {
    List<ProjectMember> found = ports.work().read(tx -> tx.members().list(query));
    if (found.isEmpty() && isAbsent(project)) {
      return Gate.missing(ResourceKind.PROJECT);
    }
    Page<ProjectMember> page = Page.of(found, limit, ProjectMember::memberId);
    return Verdict.ok(
        new Page<>(page.items().stream().map(MemberAnswer::of).toList(), page.next()));
  }

  private boolean isAbsent(Resource project) {
    return ports
        .work()
        .read(tx -> tx.resources().find(project.tenantId(), project.self()))
        .isEmpty();
  }
}

package io.waybill.controlapi.member;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.member.usecase.ChangeMember;
import io.waybill.core.member.usecase.InviteMember;
import io.waybill.core.member.usecase.ListMembers;
import io.waybill.core.member.usecase.MemberUseCases;
import java.util.List;

/** {@code /v1/projects/{project_id}/members}, and the devices that are let in. */
public final class MemberRoutes {

  private static final String PROJECT = "/v1/projects/{project_id}";
  private static final String MEMBERS = PROJECT + "/members";
  private static final String MEMBER = MEMBERS + "/{subject_id}";
  private static final String DEVICE_GRANT = PROJECT + "/devices/{device_id}/grant";
  private static final String LIST = "members";

  private final MemberUseCases cases;

  public MemberRoutes(MemberUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(MEMBERS)
            .needs(Permission.PROJECT_MEMBERS_VIEW)
            .query(PageRequest.of(LIST))
            .ok(this::list),
        api.post(MEMBERS + "/invite")
            .needs(Permission.PROJECT_MEMBERS_MANAGE)
            .once()
            .body(InvitationBody::read)
            .created(this::invite),
        api.patch(MEMBER)
            .needs(Permission.PROJECT_MEMBERS_MANAGE)
            .once()
            .body(MemberPatch::read)
            .ok(this::change),
        api.delete(MEMBER).needs(Permission.PROJECT_MEMBERS_MANAGE).once().noContent(this::remove),
        api.post(MEMBER + "/disable")
            .needs(Permission.PROJECT_MEMBERS_MANAGE)
            .once()
            .ok(this::disable),
        api.post(MEMBER + "/enable")
            .needs(Permission.PROJECT_MEMBERS_MANAGE)
            .once()
            .ok(this::enable),
        api.post(DEVICE_GRANT).needs(Permission.DEVICE_UPDATE).once().created(this::letIn),
        api.delete(DEVICE_GRANT).needs(Permission.DEVICE_UPDATE).once().noContent(this::shutOut));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    ListMembers.Request request =
        new ListMembers.Request(call.id("project_id"), page.cursor(), page.limit());
    return cases
        .listMembers()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> invite(Call call, InvitationBody body) {
    InviteMember.Request request =
        new InviteMember.Request(
            call.id("project_id"), body.subjectType(), body.subjectId(), body.role());
    return cases.inviteMember().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, MemberPatch body) {
    ChangeMember.Request request =
        new ChangeMember.Request(
            call.id("project_id"), call.id("subject_id"), body.role(), body.version());
    return cases.changeMember().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> remove(Call call) {
    return cases
        .removeMember()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("subject_id"));
  }

  private Verdict<?> disable(Call call) {
    return cases
        .disableMember()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("subject_id"));
  }

  private Verdict<?> enable(Call call) {
    return cases
        .enableMember()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("subject_id"));
  }

  private Verdict<?> letIn(Call call) {
    return cases
        .letDeviceIn()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("device_id"));
  }

  private Verdict<?> shutOut(Call call) {
    return cases
        .shutDeviceOut()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("device_id"));
  }
}

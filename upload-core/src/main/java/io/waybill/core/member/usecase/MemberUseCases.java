package io.waybill.core.member.usecase;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.member.MemberStores;
import io.waybill.core.work.Ports;

/** What callers can do about who works in a project. */
public record MemberUseCases(
    ListMembers listMembers,
    InviteMember inviteMember,
    ChangeMember changeMember,
    SwitchMember disableMember,
    SwitchMember enableMember,
    RemoveMember removeMember,
    LetDeviceIn letDeviceIn,
    ShutDeviceOut shutDeviceOut) {

  /** All of them over one set of ports; what they change is forgotten where callers are known. */
  public static MemberUseCases over(
      Ports<? extends MemberStores> ports, Authenticate authenticate) {
    Membership membership = new Membership(ports, authenticate);
    return new MemberUseCases(
        new ListMembers(ports),
        new InviteMember(ports, membership),
        new ChangeMember(membership),
        SwitchMember.off(membership),
        SwitchMember.on(membership),
        new RemoveMember(membership),
        new LetDeviceIn(ports, authenticate),
        new ShutDeviceOut(ports, authenticate));
  }
}

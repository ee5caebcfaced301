package io.waybill.core.member.usecase;

import static java.util.Objects.requireNonNull;

import io.waybill.core.EntryCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import io.waybill.core.access.usecase.GrantWords;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberAnswer;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.MemberRole;
import io.waybill.core.member.MemberStatus;
import io.waybill.core.member.MemberStores;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.work.Ports;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a user, a group or an API key a member of a project, at once. */
public final class InviteMember {

  public static final Remembered<MemberAnswer> REMEMBERED =
      new Remembered<>("INVITE_MEMBER", MemberAnswer.class);

  private final Ports<? extends MemberStores> ports;
  private final Membership membership;

  InviteMember(Ports<? extends MemberStores> ports, Membership membership) {
    this.ports = ports;
    this.membership = membership;
  }

  /** Who, and as what, in the words of the API. */
  public record Request(
      UUID projectId,
      @Nullable String subjectType,
      @Nullable UUID subjectId,
      @Nullable String role) {}

  public Verdict<MemberAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Membership.Change change =
        new Membership.Change(caller, request.projectId(), MemberEvent.INVITED, membership.now());
    Once<MemberStores, MemberAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.projectId())
                .add(request.subjectType())
                .add(request.subjectId())
                .add(request.role()));
    return read(change, request)
        .then(member ->
            membership.during(
                change, tx -> once.within(tx, change.now(), () -> invite(tx, change, member))));
  }

  private Verdict<ProjectMember> read(Membership.Change change, Request request) {
    UUID tenantId = change.caller().identity().tenantId();
    GrantWords words = new GrantWords(tenantId);
    Subject subject = words.requiredSubject(request.subjectType(), request.subjectId());
    MemberRole role = words.word("role", request.role(), MemberRole.WORDS);
    if (subject != null && subject.kind() == SubjectKind.DEVICE) {
      words.wrong(
          "subject_type",
          EntryCode.REQUEST_UNKNOWN_VALUE,
          "a device is no member; let it in with POST …/devices/{device_id}/grant");
    }
    return words.read(() ->
        new ProjectMember(
            ports.ids().next(),
            tenantId,
            request.projectId(),
            requireNonNull(subject),
            requireNonNull(role),
            MemberStatus.ACTIVE,
            1,
            change.now(),
            change.now()));
  }

  private Verdict<MemberAnswer> invite(
      MemberStores tx, Membership.Change change, ProjectMember member) {
    return tx.resources().has(member.tenantId(), member.subject())
        ? membership.add(tx, change, member).map(MemberAnswer::of)
        : Gate.missing(member.subject());
  }
}

package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberAnswer;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.MemberStores;
import io.waybill.core.member.ProjectMember;
import java.util.Optional;
import java.util.UUID;

/** Takes from a member what its role gives, or gives it again; the role stays. */
public final class SwitchMember {

  private final Membership membership;
  private final Remembered<MemberAnswer> remembered;
  private final boolean isOn;

  private SwitchMember(Membership membership, String name, boolean isOn) {
    this.membership = membership;
    this.remembered = new Remembered<>(name, MemberAnswer.class);
    this.isOn = isOn;
  }

  static SwitchMember on(Membership membership) {
    return new SwitchMember(membership, "ENABLE_MEMBER", true);
  }

  static SwitchMember off(Membership membership) {
    return new SwitchMember(membership, "DISABLE_MEMBER", false);
  }

  public Verdict<MemberAnswer> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID subjectId) {
    MemberEvent what = isOn ? MemberEvent.ENABLED : MemberEvent.DISABLED;
    Membership.Change change = new Membership.Change(caller, projectId, what, membership.now());
    Once<MemberStores, MemberAnswer> once =
        Once.of(
            remembered,
            caller,
            requestKey,
            Fingerprint.of(remembered).add(projectId).add(subjectId));
    return membership.change(
        change,
        subjectId,
        once,
        known -> Verdict.ok(Optional.of(switched(known, change))),
        MemberAnswer::of);
  }

  private ProjectMember switched(ProjectMember known, Membership.Change change) {
    if (known.isActive() == isOn) {
      return known;
    }
    return isOn ? known.enabled(change.now()) : known.disabled(change.now());
  }
}

package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.MemberStores;
import java.util.Optional;
import java.util.UUID;

/** Takes a member out of a project, and back what came with the role. */
public final class RemoveMember {

  public static final Remembered<Removed> REMEMBERED =
      new Remembered<>("REMOVE_MEMBER", Removed.class);

  private final Membership membership;

  RemoveMember(Membership membership) {
    this.membership = membership;
  }

  /** It is none any more. */
  public record Removed(UUID projectId, UUID subjectId) {}

  public Verdict<Removed> handle(
      Caller caller, RequestKey requestKey, UUID projectId, UUID subjectId) {
    Membership.Change change =
        new Membership.Change(caller, projectId, MemberEvent.REMOVED, membership.now());
    Once<MemberStores, Removed> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED).add(projectId).add(subjectId));
    return membership.change(
        change,
        subjectId,
        once,
        known -> Verdict.ok(Optional.empty()),
        known -> new Removed(projectId, subjectId));
  }
}

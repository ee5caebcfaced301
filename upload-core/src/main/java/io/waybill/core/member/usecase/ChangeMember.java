package io.waybill.core.member.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.GrantWords;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.member.MemberAnswer;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.MemberRole;
import io.waybill.core.member.MemberStores;
import io.waybill.core.member.ProjectMember;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a member another role, and takes back exactly what came with the one before. */
public final class ChangeMember {

  public static final Remembered<MemberAnswer> REMEMBERED =
      new Remembered<>("CHANGE_MEMBER", MemberAnswer.class);

  private final Membership membership;

  ChangeMember(Membership membership) {
    this.membership = membership;
  }

  /**
   * What to change.
   *
   * @param role null leaves it as it is
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(
      UUID projectId, UUID subjectId, @Nullable String role, @Nullable Long version) {}

  public Verdict<MemberAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Membership.Change change =
        new Membership.Change(caller, request.projectId(), MemberEvent.CHANGED, membership.now());
    Once<MemberStores, MemberAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            Fingerprint.of(REMEMBERED)
                .add(request.projectId())
                .add(request.subjectId())
                .add(request.role())
                .add(request.version()));
    GrantWords words = new GrantWords(caller.identity().tenantId());
    MemberRole role =
        request.role() == null ? null : words.word("role", request.role(), MemberRole.WORDS);
    return words
        .read(() -> Optional.ofNullable(role))
        .then(wanted ->
            membership.change(
                change,
                request.subjectId(),
                once,
                known -> changed(known, wanted, request, change),
                MemberAnswer::of));
  }

  private static Verdict<Optional<ProjectMember>> changed(
      ProjectMember known, Optional<MemberRole> wanted, Request request, Membership.Change change) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.PROJECT_MEMBER, known.subject().id(), known.version());
    }
    return Verdict.ok(
        Optional.of(
            wanted
                .filter(role -> role != known.role())
                .map(role -> known.as(role, change.now()))
                .orElse(known)));
  }
}

package io.waybill.core.member.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.idempotency.Once;
import io.waybill.core.member.MemberEvent;
import io.waybill.core.member.MemberStores;
import io.waybill.core.member.ProjectMember;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The road of every change to a member: gate, once, the grants of the role, the audit trail. Nobody
 * gives a role, or takes one, whose permissions they do not all have.
 */
final class Membership {

  private final Ports<? extends MemberStores> ports;
  private final MemberJournal journal;
  private final Authenticate authenticate;

  Membership(Ports<? extends MemberStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new MemberJournal(ports.ids());
    this.authenticate = authenticate;
  }

  Instant now() {
    return ports.now();
  }

  /** A change to one member. */
  record Change(Caller caller, UUID projectId, MemberEvent what, Instant now) {

    Resource project() {
      return Resource.project(caller.identity().tenantId(), projectId);
    }
  }

  /**
   * What becomes of a member, for who may say so.
   *
   * @param to another member, the same one for no change, or a refusal; empty takes the member away
   */
  <A> Verdict<A> change(
      Change change,
      UUID subjectId,
      Once<MemberStores, A> once,
      Function<ProjectMember, Verdict<Optional<ProjectMember>>> to,
      Function<ProjectMember, A> answer) {
    return during(
        change,
        tx ->
            once.within(
                tx,
                change.now(),
                () ->
                    found(tx, change, subjectId)
                        .then(before ->
                            to.apply(before).then(after -> write(tx, change, before, after)))
                        .map(answer)));
  }

  /** Runs a change for somebody who may make one. */
  <A> Verdict<A> during(Change change, Function<? super MemberStores, Verdict<A>> work) {
    return authenticate.changing(
        () -> ports.work().write(tx -> pass(tx, change).then(ok -> work.apply(tx))));
  }

  private static Verdict<Resource> pass(MemberStores tx, Change change) {
    Resource project = change.project();
    return tx.resources().find(project.tenantId(), project.self()).isEmpty()
        ? Gate.missing(ResourceKind.PROJECT)
        : Gate.pass(
            change.caller().identity(), Permission.PROJECT_MEMBERS_MANAGE, project, change.now());
  }

  private static Verdict<ProjectMember> found(MemberStores tx, Change change, UUID subjectId) {
    return tx.members()
        .lock(change.caller().identity().tenantId(), change.projectId(), subjectId)
        .map(Verdict::ok)
        .orElseGet(() -> Gate.missing(ResourceKind.PROJECT_MEMBER));
  }

  private Verdict<ProjectMember> write(
      MemberStores tx, Change change, ProjectMember before, Optional<ProjectMember> after) {
    if (after.filter(before::equals).isPresent()) {
      return Verdict.ok(before);
    }
    boolean isLast =
        before.answers()
            && after.filter(ProjectMember::answers).isEmpty()
            && tx.members().owners(before.tenantId(), before.projectId()) == 1;
    return holds(change, before, after.orElse(before))
        .then(ok -> isLast ? last(before) : Verdict.ok(before))
        .map(ok -> {
          ungrant(tx, before);
          after.ifPresentOrElse(
              next -> {
                tx.members().update(next);
                grant(tx, next, change.now());
              },
              () -> tx.members().delete(before));
          journal(tx, change, before, after.orElse(null));
          return after.orElse(before);
        });
  }

  /** Adds a member; {@code change.what()} says why it is one. */
  Verdict<ProjectMember> add(MemberStores tx, Change change, ProjectMember member) {
    return holds(change, member, member)
        .then(ok -> tx.members().insert(member) ? Verdict.ok(member) : isOne(member))
        .map(ok -> {
          grant(tx, member, change.now());
          journal(tx, change, null, member);
          return member;
        });
  }

  private static Verdict<Resource> holds(Change change, ProjectMember one, ProjectMember other) {
    Set<Permission> given = EnumSet.copyOf(one.role().permissions());
    given.addAll(other.role().permissions());
    return Gate.holds(change.caller().identity(), given, change.project(), change.now(), null);
  }

  private void grant(MemberStores tx, ProjectMember member, Instant now) {
    if (member.isActive()) {
      tx.grants()
          .add(
              member.role().permissions().stream()
                  .sorted()
                  .map(one -> grant(member, one, now))
                  .toList());
    }
  }

  private PermissionGrant grant(ProjectMember member, Permission one, Instant now) {
    Resource.Node on = member.project().self();
    return new PermissionGrant(
        ports.ids().next(),
        member.tenantId(),
        member.subject(),
        new Grant(on.kind(), on.id(), one.code(), Grant.Effect.ALLOW, null),
        member.role().source(),
        now);
  }

  private static void ungrant(MemberStores tx, ProjectMember member) {
    tx.grants()
        .take(member.tenantId(), member.subject(), member.project().self(), member.role().source());
  }

  private void journal(
      MemberStores tx,
      Change change,
      @Nullable ProjectMember before,
      @Nullable ProjectMember after) {
    tx.events()
        .append(
            journal.wrote(change.what(), before, after, change.caller().origin(), change.now()));
  }

  private static Verdict<ProjectMember> last(ProjectMember member) {
    return refused(
        ErrorCode.PROJECT_MEMBER_LAST_OWNER,
        "somebody has to answer for the project; make another member an owner first",
        member);
  }

  private static Verdict<ProjectMember> isOne(ProjectMember member) {
    return refused(
        ErrorCode.PROJECT_MEMBER_EXISTS, "this is a member already; change its role", member);
  }

  private static Verdict<ProjectMember> refused(
      ErrorCode code, String message, ProjectMember member) {
    return Verdict.refused(
        Refusal.of(code, message)
            .with("project_id", member.projectId().toString())
            .with("subject_id", member.subject().id().toString()));
  }
}

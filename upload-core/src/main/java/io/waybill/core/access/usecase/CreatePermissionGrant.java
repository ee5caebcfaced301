package io.waybill.core.access.usecase;

import static java.util.Objects.requireNonNull;

import io.waybill.core.EntryCode;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.Subject;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Grants one permission on one resource to one subject, or denies it. Nobody grants or denies what
 * they do not have. What is there already gets the end that it is asked for.
 */
public final class CreatePermissionGrant {

  public static final Remembered<PermissionGrantAnswer> REMEMBERED =
      new Remembered<>("CREATE_PERMISSION_GRANT", PermissionGrantAnswer.class);

  private static final long LONGEST_LIFE_SECONDS = 315_360_000;
  private static final Map<String, Grant.Effect> EFFECTS =
      Map.of("ALLOW", Grant.Effect.ALLOW, "DENY", Grant.Effect.DENY);

  private final Ports<? extends AccessStores> ports;
  private final AccessJournal journal;
  private final Authenticate authenticate;

  public CreatePermissionGrant(Ports<? extends AccessStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new AccessJournal(ports.ids());
    this.authenticate = authenticate;
  }

  /**
   * Who may do what, in the words of the API.
   *
   * @param resourceId null for the caller's tenant
   * @param effect null for ALLOW
   * @param expiresInSeconds null for a grant that lasts until it is taken back
   */
  public record Request(
      @Nullable String subjectType,
      @Nullable UUID subjectId,
      @Nullable String resourceType,
      @Nullable UUID resourceId,
      @Nullable String code,
      @Nullable String effect,
      @Nullable Long expiresInSeconds) {}

  /** The same, read. */
  private record Wish(Subject subject, Resource.Node on, Permission code, Grant.Effect effect) {}

  public Verdict<PermissionGrantAnswer> handle(
      Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<AccessStores, PermissionGrantAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, fingerprint(request));
    return authenticate.changing(() ->
        read(caller, request)
            .map(wish -> made(caller, wish, ends(request, now), now))
            .then(made ->
                ports
                    .work()
                    .write(tx ->
                        pass(tx, caller, made)
                            .then(on -> once.within(tx, now, () -> grant(tx, caller, on, made))))));
  }

  private static Fingerprint fingerprint(Request request) {
    return Fingerprint.of(REMEMBERED)
        .add(request.subjectType())
        .add(request.subjectId())
        .add(request.resourceType())
        .add(request.resourceId())
        .add(request.code())
        .add(request.effect())
        .add(request.expiresInSeconds());
  }

  private static Verdict<Wish> read(Caller caller, Request request) {
    GrantWords words = new GrantWords(caller.identity().tenantId());
    Subject subject = words.requiredSubject(request.subjectType(), request.subjectId());
    Resource.Node on = words.requiredResource(request.resourceType(), request.resourceId());
    Permission code = words.word("code", request.code(), Permission.CODES);
    String effect = request.effect() == null ? "ALLOW" : request.effect();
    Grant.Effect meant = words.word("effect", effect, EFFECTS);
    Long seconds = request.expiresInSeconds();
    if (seconds != null && (seconds < 1 || seconds > LONGEST_LIFE_SECONDS)) {
      words.wrong(
          "expires_in_seconds",
          EntryCode.REQUEST_OUT_OF_RANGE,
          "must be from 1 to " + LONGEST_LIFE_SECONDS);
    }
    return words.read(() ->
        new Wish(
            requireNonNull(subject),
            requireNonNull(on),
            requireNonNull(code),
            requireNonNull(meant)));
  }

  private static @Nullable Instant ends(Request request, Instant now) {
    Long seconds = request.expiresInSeconds();
    return seconds == null ? null : now.plusSeconds(seconds);
  }

  private static Verdict<Resource> pass(AccessStores tx, Caller caller, PermissionGrant made) {
    Grant grant = made.grant();
    return tx.resources()
        .find(made.tenantId(), new Resource.Node(grant.resourceKind(), grant.resourceId()))
        .map(on -> pass(caller, made, on))
        .orElseGet(() -> Gate.missing(grant.resourceKind()))
        .then(on ->
            tx.resources().has(made.tenantId(), made.subject())
                ? Verdict.ok(on)
                : Gate.missing(made.subject()));
  }

  private static Verdict<Resource> pass(Caller caller, PermissionGrant made, Resource on) {
    List<Permission> given = Permission.of(made.grant().code()).stream().toList();
    Instant now = made.createdAt();
    return Gate.pass(caller.identity(), Permission.PERMISSION_GRANT_CREATE, on, now)
        .then(ok -> Gate.holds(caller.identity(), given, on, now, made.grant().expiresAt()));
  }

  private PermissionGrant made(Caller caller, Wish wish, @Nullable Instant until, Instant now) {
    return new PermissionGrant(
        ports.ids().next(),
        caller.identity().tenantId(),
        wish.subject(),
        new Grant(wish.on().kind(), wish.on().id(), wish.code().code(), wish.effect(), until),
        PermissionGrant.MANUAL,
        now);
  }

  private Verdict<PermissionGrantAnswer> grant(
      AccessStores tx, Caller caller, Resource on, PermissionGrant wanted) {
    if (tx.grants().add(List.of(wanted)) == 1) {
      tx.events().append(journal.granted(wanted, on, caller.origin()));
      return Verdict.ok(PermissionGrantAnswer.of(wanted));
    }
    PermissionGrant known = tx.grants().lockSame(wanted).orElseThrow();
    PermissionGrant after = known.until(wanted.grant().expiresAt());
    if (!after.equals(known)) {
      tx.grants().change(after);
      tx.events().append(journal.regranted(known, after, on, caller.origin(), wanted.createdAt()));
    }
    return Verdict.ok(PermissionGrantAnswer.of(after));
  }
}

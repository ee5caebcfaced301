package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Admission;
import io.waybill.core.access.Identity;
import io.waybill.core.access.UserTokens;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets whoever shows a secret in, slows who guesses, and writes down who was not let in. It has two
 * halves, because what only the second one needs is the database.
 */
public final class LetBearerIn {

  private final Ports<? extends AccessStores> ports;
  private final Authenticate authenticate;
  private final UserTokens tokens;
  private final Throttle throttle;
  private final NoteFailedAuthentication note;

  LetBearerIn(Ports<? extends AccessStores> ports, Authenticate authenticate, Admission admission) {
    this.ports = ports;
    this.authenticate = authenticate;
    this.tokens = admission.tokens();
    this.throttle = new Throttle(admission.failuresPerMinute());
    this.note = new NoteFailedAuthentication(ports);
  }

  /** Asks the registry, where the answer is not known yet. */
  @FunctionalInterface
  public interface LookUp {
    Verdict<Identity> find();
  }

  /**
   * How to find out whose secret it is, or why nobody needs to. It may wait for an issuer.
   *
   * @param barred told of devices that are known and may not act
   */
  public Verdict<LookUp> handle(Showing showing, BiConsumer<Identity, ErrorCode> barred) {
    Instant now = ports.now();
    if (tokens.isOne(showing.secret())) {
      return token(showing, now);
    }
    Verdict<Throttle.Try> admitted = throttle.admit(Throttle.Try.of(showing), now);
    if (admitted instanceof Verdict.Refused<Throttle.Try>(Refusal refusal)) {
      note.handle(showing, null, refusal.code());
    }
    return admitted.map(tried -> () -> find(showing, tried, barred));
  }

  private Verdict<LookUp> token(Showing showing, Instant now) {
    Verdict<UserTokens.User> read = tokens.read(showing.secret(), now);
    if (read instanceof Verdict.Refused<UserTokens.User>(Refusal refusal)
        && refusal.code() != ErrorCode.AUTH_ISSUER_UNAVAILABLE) {
      note.handle(showing, null, refusal.code());
      // one that has expired was its issuer's: no guess, and a page renews it when it hears so
      return refusal.code() == ErrorCode.AUTH_API_KEY_EXPIRED
          ? Verdict.refused(refusal)
          : throttle.worthless(showing.source(), Verdict.refused(refusal), now);
    }
    return read.map(user -> () -> authenticate.user(user));
  }

  private Verdict<Identity> find(
      Showing showing, Throttle.Try tried, BiConsumer<Identity, ErrorCode> barred) {
    AtomicReference<Identity> owner = new AtomicReference<>();
    Verdict<Identity> verdict;
    try {
      verdict = authenticate.bearer(showing.secret(), (identity, why) -> owner.set(identity));
    } catch (RuntimeException e) {
      throttle.unknown(tried);
      throw e;
    }
    switch (verdict) {
      case Verdict.Ok<Identity>(Identity in) -> throttle.right(tried, ports.now());
      case Verdict.Refused<Identity>(Refusal refusal) ->
          failed(showing, tried, owner.get(), refusal.code(), barred);
    }
    return verdict;
  }

  private void failed(
      Showing showing,
      Throttle.Try tried,
      @Nullable Identity owner,
      ErrorCode why,
      BiConsumer<Identity, ErrorCode> barred) {
    if (owner == null) {
      throttle.wrong(tried, ports.now());
    } else {
      throttle.barred(tried);
    }
    if (owner != null && owner.isDevice()) {
      barred.accept(owner, why);
    } else {
      note.handle(showing, owner, why);
    }
  }
}

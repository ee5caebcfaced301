package io.waybill.core.idempotency;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.work.Ports;
import io.waybill.core.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One effect however often the call is repeated: the claim of one call's key.
 *
 * @param <S> the stores that the call works on
 * @param <A> the use case's answer
 */
public final class Once<S extends IdempotencyStores, A> {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration KEEP_KEY = Duration.ofDays(2);
  private static final Duration KEEP_REQUEST_ID = Duration.ofHours(1);

  private final Remembered<A> useCase;
  private final RequestKey requestKey;
  private final @Nullable Scope scope;
  private final String fingerprint;

  /** Of the last claim that was tried; null until then. */
  private @Nullable Instant leaseUntil;

  private Consumer<? super S> lastWish = tx -> {};

  private Once(
      Remembered<A> useCase, RequestKey requestKey, @Nullable Scope scope, String fingerprint) {
    this.useCase = useCase;
    this.requestKey = requestKey;
    this.scope = scope;
    this.fingerprint = fingerprint;
  }

  public static <S extends IdempotencyStores, A> Once<S, A> of(
      Remembered<A> useCase, Caller caller, RequestKey requestKey, Fingerprint request) {
    String key = requestKey.key();
    Scope scope =
        key == null
            ? null
            : new Scope(caller.identity().tenantId(), caller.identity().actor(), key);
    return new Once<>(useCase, requestKey, scope, request.hex());
  }

  /** Claims the key and runs the work, or answers what the key remembers. */
  public <T> Verdict<T> claim(
      S tx,
      @Nullable UUID creates,
      Instant now,
      Function<A, Verdict<T>> replay,
      Function<Optional<UUID>, Verdict<T>> work) {
    if (scope == null) {
      return work.apply(Optional.empty());
    }
    Instant until = now.plus(LEASE);
    leaseUntil = until;
    Claim<A> claim =
        tx.idempotency()
            .claim(
                new ClaimRequest<>(
                    scope,
                    useCase,
                    fingerprint,
                    creates,
                    requestKey.reply(),
                    now,
                    until,
                    now.plus(requestKey.keyIsRequestId() ? KEEP_REQUEST_ID : KEEP_KEY)));
    return switch (claim) {
      case Claim.Mine<A>(UUID createdId) -> work.apply(Optional.ofNullable(createdId));
      case Claim.Replay<A>(A answer) -> {
        requestKey.replayed().run();
        yield replay.apply(answer);
      }
      case Claim.InProgress<A>(long seconds) ->
          Verdict.refused(
              Refusal.of(
                      ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
                      "the first call with this key is still at work")
                  .with("retry_after_seconds", seconds)
                  .retryAfter(seconds));
      case Claim.Different<A>(String usedFor) -> Verdict.refused(reused(usedFor));
    };
  }

  /** In the words of who sent it: a device that numbers its requests has never sent a key. */
  private Refusal reused(String usedFor) {
    String before = usedFor.toLowerCase(Locale.ROOT);
    String message =
        requestKey.keyIsRequestId()
            ? "this request_id was used before, for another request ("
                + before
                + "); give every new request a request_id of its own, also after a restart"
            : "this idempotency key was used before, for another request ("
                + before
                + "); use a new key";
    return Refusal.of(ErrorCode.IDEMPOTENCY_KEY_REUSED, message).with("used_for", before);
  }

  /**
   * The whole life of a call whose effect is one transaction: claim, work, remember. Whoever calls
   * has been let through to its resource.
   */
  public Verdict<A> within(S tx, Instant now, Supplier<Verdict<A>> work) {
    return within(tx, now, Verdict::ok, work);
  }

  /**
   * The same where a repeated call does not find its resource any more.
   *
   * @param replay lets the caller through once more, by where the resource was: a right that was
   *     taken back since is none
   */
  public Verdict<A> within(
      S tx, Instant now, Function<A, Verdict<A>> replay, Supplier<Verdict<A>> work) {
    return claim(
        tx,
        null,
        now,
        replay,
        created ->
            work.get()
                .map(answer -> {
                  remember(tx, answer, now);
                  return answer;
                }));
  }

  public void remember(S tx, A answer, Instant now) {
    if (scope != null) {
      tx.idempotency().remember(scope, useCase, answer, now);
    }
  }

  /** Not finished now: the next call with the key goes on. */
  public void release(S tx, Instant now) {
    if (scope != null && leaseUntil != null) {
      tx.idempotency().release(scope, leaseUntil, now);
    }
  }

  /**
   * Runs the whole call. One that ends in an exception, an outage most likely, is dead: its leases
   * are ended as soon as the database lets us, so that its repetition need not wait them out.
   */
  public Verdict<A> alive(Ports<? extends S> ports, Supplier<Verdict<A>> call) {
    try {
      return call.get();
    } catch (RuntimeException dead) {
      ports
          .work()
          .eventually(
              LEASE,
              tx -> {
                lastWish.accept(tx);
                release(tx, ports.now());
              });
      throw dead;
    }
  }

  /** What else to let go of, should this call die from here on: before the key, as everywhere. */
  public void onDeath(Consumer<? super S> wish) {
    lastWish = wish;
  }

  /** No effect: the key is free. */
  public void discard(S tx) {
    if (scope != null) {
      tx.idempotency().discard(scope);
    }
  }

  /** The same in a transaction of its own; costs nothing where there is no record. */
  public void free(Work<? extends S> work) {
    if (scope != null) {
      work.commit(tx -> {
        discard(tx);
        return scope;
      });
    }
  }

  /** Tells the transport that our death is harmless from here on. */
  public void committed() {
    requestKey.committed().run();
  }
}

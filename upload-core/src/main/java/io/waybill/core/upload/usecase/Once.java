package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.Claim;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Intent;
import io.waybill.core.idempotency.Scope;
import io.waybill.core.idempotency.UseCase;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.UploadStores;
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
 * @param <A> the use case's answer
 */
final class Once<A extends Answer> {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration KEEP_KEY = Duration.ofDays(2);
  private static final Duration KEEP_REQUEST_ID = Duration.ofHours(1);

  private final UseCase useCase;
  private final Class<A> answerType;
  private final Intent intent;
  private final @Nullable Scope scope;
  private final String fingerprint;

  /** Of the last claim that was tried; null until then. */
  private @Nullable Instant leaseUntil;

  private Consumer<UploadStores> lastWish = tx -> {};

  private Once(
      UseCase useCase,
      Class<A> answerType,
      Intent intent,
      @Nullable Scope scope,
      String fingerprint) {
    this.useCase = useCase;
    this.answerType = answerType;
    this.intent = intent;
    this.scope = scope;
    this.fingerprint = fingerprint;
  }

  static <A extends Answer> Once<A> of(
      UseCase useCase, Class<A> answerType, Caller caller, Intent intent, Fingerprint request) {
    String key = intent.key();
    Scope scope =
        key == null
            ? null
            : new Scope(caller.identity().tenantId(), caller.identity().actor(), key);
    return new Once<>(useCase, answerType, intent, scope, request.hex());
  }

  /** Claims the key and runs the work, or answers what the key remembers. */
  <T> Verdict<T> claim(
      UploadStores tx,
      @Nullable UUID creates,
      Instant now,
      Function<A, Verdict<T>> replay,
      Function<Optional<UUID>, Verdict<T>> work) {
    if (scope == null) {
      return work.apply(Optional.empty());
    }
    Instant until = now.plus(LEASE);
    leaseUntil = until;
    Claim claim =
        tx.idempotency()
            .claim(
                new ClaimRequest(
                    scope,
                    useCase,
                    fingerprint,
                    creates,
                    intent.reply(),
                    now,
                    until,
                    now.plus(intent.keyIsRequestId() ? KEEP_REQUEST_ID : KEEP_KEY)));
    return switch (claim) {
      case Claim.Mine(UUID createdId) -> work.apply(Optional.ofNullable(createdId));
      case Claim.Replay(Answer answer) -> {
        intent.replayed().run();
        yield replay.apply(answerType.cast(answer));
      }
      case Claim.InProgress(long seconds) ->
          Verdict.refused(
              Refusal.of(
                      ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
                      "the first call with this key is still at work")
                  .with("retry_after_seconds", seconds)
                  .retryAfter(seconds));
      case Claim.Different(UseCase usedFor) -> Verdict.refused(reused(usedFor));
    };
  }

  /** In the words of who sent it: a device that numbers its requests has never sent a key. */
  private Refusal reused(UseCase usedFor) {
    String before = usedFor.name().toLowerCase(Locale.ROOT);
    String message =
        intent.keyIsRequestId()
            ? "this request_id was used before, for another request ("
                + before
                + "); give every new request a request_id of its own, also after a restart"
            : "this idempotency key was used before, for another request ("
                + before
                + "); use a new key";
    return Refusal.of(ErrorCode.IDEMPOTENCY_KEY_REUSED, message).with("used_for", before);
  }

  /** The whole life of a call whose effect is one transaction: claim, work, remember. */
  Verdict<A> within(UploadStores tx, Instant now, Supplier<Verdict<A>> work) {
    return claim(
        tx,
        null,
        now,
        Verdict::ok,
        created ->
            work.get()
                .map(answer -> {
                  remember(tx, answer, now);
                  return answer;
                }));
  }

  void remember(UploadStores tx, A answer, Instant now) {
    if (scope != null) {
      tx.idempotency().remember(scope, answer, now);
    }
  }

  /** Not finished now: the next call with the key goes on. */
  void release(UploadStores tx, Instant now) {
    if (scope != null && leaseUntil != null) {
      tx.idempotency().release(scope, leaseUntil, now);
    }
  }

  /**
   * Runs the whole call. One that ends in an exception, an outage most likely, is dead: its leases
   * are ended as soon as the database lets us, so that its repetition need not wait them out.
   */
  Verdict<A> alive(Ports<? extends UploadStores> ports, Supplier<Verdict<A>> call) {
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
  void onDeath(Consumer<UploadStores> wish) {
    lastWish = wish;
  }

  /** No effect: the key is free. */
  void discard(UploadStores tx) {
    if (scope != null) {
      tx.idempotency().discard(scope);
    }
  }

  /** The same in a transaction of its own; costs nothing where there is no record. */
  void free(Work<? extends UploadStores> work) {
    if (scope != null) {
      work.commit(tx -> {
        discard(tx);
        return scope;
      });
    }
  }

  /** Tells the transport that our death is harmless from here on. */
  void committed() {
    intent.committed().run();
  }
}

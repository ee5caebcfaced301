package io.waybill.oidc;

import com.nimbusds.jose.jwk.JWK;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's keys as last seen. One asks for them at a time, and seldom; others wait for the
 * answer only when they can do nothing without it, and hold nothing meanwhile. While the issuer is
 * away, its old keys are believed for a day.
 */
final class IssuerKeys {

  private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

  /** After so long they are asked for again. */
  static final Duration FRESH = Duration.ofHours(1);

  /** After so long they are not believed any more: they may have been withdrawn. */
  static final Duration BELIEVED = Duration.ofDays(1);

  /** Between two questions, whatever is shown to us. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Duration PATIENCE = IssuerDocuments.PATIENCE.multipliedBy(2).plusSeconds(1);

  /** Asks the issuer. */
  @FunctionalInterface
  interface Source {
    List<JWK> keys() throws IOException;
  }

  private record Known(List<JWK> keys, Instant at) {}

  private final Source source;
  private @Nullable Known known;
  private @Nullable CompletableFuture<@Nullable Void> underWay;
  private Instant notBefore = Instant.MIN;
  private boolean isAway;

  IssuerKeys(Source source) {
    this.source = source;
  }

  /** The key that this picks, out of the newest ones when it is not among those at hand. */
  Verdict<JWK> find(Function<List<JWK>, Optional<JWK>> pick, Instant now) {
    List<JWK> atHand = believed(now);
    Optional<JWK> found = pick.apply(atHand);
    if (found.isPresent()) {
      if (isStale(now)) {
        var _ = ask(now);
      }
      return Verdict.ok(found.get());
    }
    return await(ask(now))
        ? pick.apply(believed(now)).map(Verdict::ok).orElseGet(() -> missing(now))
        : missing(now);
  }

  private synchronized Verdict<JWK> missing(Instant now) {
    return isAway || believed(now).isEmpty()
        ? Verdict.refused(
            Refusal.of(
                    ErrorCode.AUTH_ISSUER_UNAVAILABLE,
                    "the token cannot be checked: its issuer does not tell its keys; try again soon")
                .retryAfter(PAUSE.toSeconds()))
        : Tokens.invalid("it is signed with a key that its issuer does not publish");
  }

  private synchronized List<JWK> believed(Instant now) {
    return known == null || now.isAfter(known.at().plus(BELIEVED)) ? List.of() : known.keys();
  }

  private synchronized boolean isStale(Instant now) {
    return known == null || now.isAfter(known.at().plus(FRESH));
  }

  /** The question that is under way, begun now if need be; null when it is too early for one. */
  private synchronized @Nullable CompletableFuture<@Nullable Void> ask(Instant now) {
    if (underWay != null) {
      return underWay;
    }
    if (now.isBefore(notBefore)) {
      return null;
    }
    notBefore = now.plus(PAUSE);
    CompletableFuture<@Nullable Void> asking = new CompletableFuture<>();
    underWay = asking;
    Thread.ofVirtual().name("issuer-keys").start(() -> answer(asking, now));
    return asking;
  }

  private void answer(CompletableFuture<@Nullable Void> asking, Instant now) {
    Known seen = null;
    try {
      seen = new Known(List.copyOf(source.keys()), now);
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "The issuer's keys cannot be read; those at hand are used, and it is asked again: {}",
          e.getMessage());
    }
    synchronized (this) {
      known = seen == null ? known : seen;
      isAway = seen == null;
      underWay = null;
    }
    asking.complete(null);
  }

  private static boolean await(@Nullable CompletableFuture<@Nullable Void> asking) {
    if (asking == null) {
      return false;
    }
    try {
      asking.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}

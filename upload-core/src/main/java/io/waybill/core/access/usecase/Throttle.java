package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Slows those who show secrets that are nobody's, by their address and by what the secrets begin
 * with, and never for long somebody else there:
 *
 * <ul>
 *   <li>A secret that was right when it was last looked up is looked up again, whatever others do.
 *   <li>A secret that was nobody's a moment ago is not looked up again, and costs its neighbours
 *       nothing.
 *   <li>A new one at a place that has been wrong too often is asked to come again. The same secret,
 *       coming again when it was told to, is looked up: whoever guesses never shows one twice.
 * </ul>
 *
 * Everything it remembers is bounded; it keeps hashes, addresses and beginnings, no secret.
 */
final class Throttle {

  /** How long who is asked to come again has to stay away. */
  static final Duration WAIT = Duration.ofSeconds(2);

  private static final Duration REMEMBERED_WRONG = Authenticate.LONGEST_CACHE;
  private static final int PLACES = 10_000;
  private static final int SECRETS = 20_000;
  private static final int PREFIX_CHARS = 10;

  /**
   * What is known of whoever waits for an answer.
   *
   * @param isCounted whether it counts as wrong until it is known to be right
   */
  record Try(String hash, String source, String prefix, boolean isCounted) {
    static Try of(Showing showing) {
      String secret = showing.secret();
      String prefix = secret.substring(0, Math.min(PREFIX_CHARS, secret.length()));
      return new Try(Authenticate.hashOf(secret), showing.source(), prefix, false);
    }

    private Try counted() {
      return new Try(hash, source, prefix, true);
    }
  }

  private final Pace sources;
  private final Pace prefixes;
  private final Pace comingAgain;
  private final Map<String, Instant> right = Pace.Newest.of(SECRETS);
  private final Map<String, Instant> wrong = Pace.Newest.of(SECRETS);
  private final Map<String, Instant> asked = Pace.Newest.of(SECRETS);

  Throttle(int perMinute) {
    int atOnce = Math.max(1, perMinute / 2);
    this.sources = new Pace(perMinute, atOnce, PLACES);
    this.prefixes = new Pace(perMinute, atOnce, PLACES);
    this.comingAgain = new Pace(2 * perMinute, atOnce, PLACES);
  }

  /** Whether it is looked up; if not, the answer. */
  synchronized Verdict<Try> admit(Try shown, Instant now) {
    if (right.containsKey(shown.hash())) {
      return Verdict.ok(shown);
    }
    if (isKnownWrong(shown, now)) {
      return prefixes.take(shown.prefix(), now) ? Authenticate.invalid() : slowed();
    }
    if (sources.take(shown.source(), now)) {
      if (prefixes.take(shown.prefix(), now)) {
        return Verdict.ok(shown.counted());
      }
      sources.giveBack(shown.source());
    }
    return hasComeAgain(shown, now) ? Verdict.ok(shown) : slowed();
  }

  private boolean isKnownWrong(Try shown, Instant now) {
    Instant until = wrong.get(shown.hash());
    return until != null && now.isBefore(until);
  }

  private boolean hasComeAgain(Try shown, Instant now) {
    Instant due = asked.putIfAbsent(shown.hash(), now.plus(WAIT));
    boolean isBack = due != null && !now.isBefore(due) && comingAgain.take(shown.source(), now);
    if (isBack) {
      asked.remove(shown.hash());
    }
    return isBack;
  }

  /** It was somebody's who may act: it does not count, and whoever shows it again passes. */
  synchronized void right(Try shown, Instant now) {
    right.put(shown.hash(), now);
    unknown(shown);
  }

  /** Nobody knows what it was: it does not count. */
  synchronized void unknown(Try shown) {
    if (shown.isCounted()) {
      sources.giveBack(shown.source());
      prefixes.giveBack(shown.prefix());
    }
  }

  /** It was nobody's. */
  synchronized void wrong(Try shown, Instant now) {
    right.remove(shown.hash());
    wrong.put(shown.hash(), now.plus(REMEMBERED_WRONG));
  }

  /** It was somebody's who may not act: no guess, so that its place has nothing to do with it. */
  synchronized void barred(Try shown) {
    right.remove(shown.hash());
    if (shown.isCounted()) {
      sources.giveBack(shown.source());
    }
  }

  /** A token that proves nothing was shown there; the answer, if there was too much of it. */
  synchronized <T> Verdict<T> worthless(String source, Verdict<T> answer, Instant now) {
    return sources.take(source, now) ? answer : slowed();
  }

  private static <T> Verdict<T> slowed() {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.RATE_LIMIT_EXCEEDED,
                "too many secrets that are nobody's came from there; a right one passes when it comes"
                    + " again after Retry-After")
            .retryAfter(WAIT.toSeconds()));
  }
}

package io.waybill.agent.control;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Two roads to one server. Every question may take either, so one that is blocked on this network
 * is left for the other; from time to time, later and later, the preferred one is tried first
 * again.
 */
public final class TwoRoads implements ControlPlane {

  private static final Duration FIRST_TRY = Duration.ofSeconds(30);
  private static final Duration LAST_TRY = Duration.ofMinutes(10);

  private final ControlPlane preferred;
  private final ControlPlane other;
  private final LongSupplier nanoTime;
  private final Consumer<String> onSwitch;
  private boolean blocked;
  private Duration wait = FIRST_TRY;
  private long tryAgainAt;

  /**
   * @param preferred must give up by itself, and soon
   * @param onSwitch told in words when questions begin to take another road
   */
  public TwoRoads(
      ControlPlane preferred,
      ControlPlane other,
      LongSupplier nanoTime,
      Consumer<String> onSwitch) {
    this.preferred = preferred;
    this.other = other;
    this.nanoTime = nanoTime;
    this.onSwitch = onSwitch;
  }

  @Override
  public <R> Answer<R> ask(Question<R> question) throws UnreachableException, InterruptedException {
    boolean straight = preferredFirst();
    try {
      return on(straight, question);
    } catch (UnreachableException first) {
      try {
        return isBlocked() ? on(!straight, question) : onUntried(question);
      } catch (UnreachableException second) {
        throw new UnreachableException(first.getMessage() + "; and " + second.getMessage(), second);
      }
    }
  }

  private <R> Answer<R> on(boolean straight, Question<R> question)
      throws UnreachableException, InterruptedException {
    Answer<R> answer = (straight ? preferred : other).ask(question);
    took(straight);
    return answer;
  }

  /**
   * The other road, which has not been taken yet. That it does not know us is its own trouble for
   * now: the preferred one, which does, may be back soon.
   */
  private <R> Answer<R> onUntried(Question<R> question)
      throws UnreachableException, InterruptedException {
    Answer<R> answer = other.ask(question);
    if (answer instanceof Answer.Refused<R> refusal && refusal.turnsUsAway()) {
      throw new UnreachableException(
          other.address() + ": " + refusal.error().code() + ": " + refusal.error().message());
    }
    took(false);
    return answer;
  }

  private synchronized boolean isBlocked() {
    return blocked;
  }

  private synchronized boolean preferredFirst() {
    if (!blocked || nanoTime.getAsLong() - tryAgainAt < 0) {
      return !blocked;
    }
    // One question tries; what is asked meanwhile does not wait for it.
    wait = wait.multipliedBy(2).compareTo(LAST_TRY) > 0 ? LAST_TRY : wait.multipliedBy(2);
    tryAgainAt = nanoTime.getAsLong() + wait.toNanos();
    return true;
  }

  private synchronized void took(boolean straight) {
    if (straight == blocked) {
      onSwitch.accept("going on over " + (straight ? preferred : other).address());
    }
    if (straight) {
      blocked = false;
      wait = FIRST_TRY;
    } else if (!blocked) {
      blocked = true;
      tryAgainAt = nanoTime.getAsLong() + wait.toNanos();
    }
  }

  @Override
  public synchronized String address() {
    return (blocked ? other : preferred).address();
  }

  @Override
  public synchronized String trouble() {
    return (blocked ? other : preferred).trouble();
  }

  @Override
  public void close() {
    preferred.close();
    other.close();
  }
}

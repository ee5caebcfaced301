package io.waybill.agent.queue;

import io.waybill.agent.upload.Turn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which of the uploads under way may start parts: the most urgent of those that have some. The
 * others go on as soon as it has none, and from time to time because waiting makes them more
 * urgent; a part that has begun is finished.
 */
public final class Turns {

  /** Whoever has not asked for so long keeps nobody waiting. */
  private static final long ASLEEP = Duration.ofSeconds(5).toNanos();

  private final long ageingNanos;
  private final LongSupplier nanoTime;
  private boolean resting;
  private final Map<String, Standing> standings = new HashMap<>();

  public Turns(Duration ageing, LongSupplier nanoTime) {
    this.ageingNanos = ageing.toNanos();
    this.nanoTime = nanoTime;
  }

  /** From here on this upload counts, until {@link #leave}. */
  public synchronized Turn enter(Ticket ticket) {
    Standing standing = new Standing(ticket, nanoTime.getAsLong());
    standings.put(ticket.uploadId(), standing);
    return standing;
  }

  public synchronized void leave(String uploadId) {
    standings.remove(uploadId);
  }

  /** Nobody starts a part from now on, or the turns go on. */
  public synchronized void rest(boolean now) {
    resting = now;
  }

  private synchronized boolean granted(Standing mine, boolean wants) {
    long now = nanoTime.getAsLong();
    mine.wants = wants;
    mine.asked = now;
    return !resting
        && standings.values().stream()
            .filter(other -> other != mine && other.wants && now - other.asked < ASLEEP)
            .noneMatch(other -> urgency(other, now).before(urgency(mine, now)));
  }

  private Urgency urgency(Standing standing, long now) {
    return Urgency.of(standing.ticket, now - standing.since, ageingNanos);
  }

  private synchronized void taken(Standing mine) {
    mine.since = nanoTime.getAsLong();
  }

  /** One upload, and when it had its last turn. */
  private final class Standing implements Turn {
    private final Ticket ticket;
    private long since;
    private long asked;
    private boolean wants;

    private Standing(Ticket ticket, long now) {
      this.ticket = ticket;
      this.since = now;
      this.asked = now;
    }

    @Override
    public boolean granted(boolean wanted) {
      return Turns.this.granted(this, wanted);
    }

    @Override
    public void taken() {
      Turns.this.taken(this);
    }
  }
}

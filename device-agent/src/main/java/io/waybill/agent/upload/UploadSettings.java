package io.waybill.agent.upload;

import io.waybill.agent.transfer.Backoff;
import io.waybill.agent.transfer.Width;
import java.time.Duration;

/**
 * How an upload behaves.
 *
 * @param connections parts under way at the start; adapted between 1 and 64 from then on
 * @param partBackoff between attempts at one part
 * @param forbiddenWait how long a file waits after three refused fresh URLs of one part
 * @param acknowledgeBatch parts that are acknowledged together at the latest
 * @param acknowledgeDelay how long a stored part waits for company before it is acknowledged
 * @param checkpoint how often a moving upload is written down
 * @param statusPoll how often the server is asked whether the session still is what we think
 * @param heldPoll how often a paused upload looks whether it may go on
 * @param patience with what cannot be now
 */
public record UploadSettings(
    int connections,
    Backoff partBackoff,
    Duration forbiddenWait,
    int acknowledgeBatch,
    Duration acknowledgeDelay,
    Duration checkpoint,
    Duration statusPoll,
    Duration heldPoll,
    Patience patience) {

  /**
   * How long a run goes on when all that is left of it only waits; what it leaves is kept.
   *
   * @param retry between tries
   * @param unreadable while files cannot be read
   * @param refused while the server does not let us
   * @param store while the store takes no URL
   */
  public record Patience(Backoff retry, Duration unreadable, Duration refused, Duration store) {

    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));
    private static final Duration ENDLESSLY = Duration.ofDays(3650);

    /** For a person who waits at a terminal: a refusal is something to do for that person. */
    public static final Patience ATTENDED =
        new Patience(RETRY, Duration.ofSeconds(30), Duration.ZERO);

    public static final Patience ENDLESS = new Patience(RETRY, ENDLESSLY, ENDLESSLY);

    /** For whoever has other uploads to go on with meanwhile, and comes back to this one. */
    public static final Patience AMONG_OTHERS =
        new Patience(RETRY, Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(5));

    /** A store is tried for as long as the session lives. */
    public Patience(Backoff retry, Duration unreadable, Duration refused) {
      this(retry, unreadable, refused, ENDLESSLY);
    }

    /** In nanoseconds. */
    long with(Phase.Cause cause) {
      return switch (cause) {
        case FILE -> unreadable.toNanos();
        case TASK, SERVER -> refused.toNanos();
        case STORE -> store.toNanos();
      };
    }
  }

  public static final int DEFAULT_CONNECTIONS = 4;

  public UploadSettings {
    if (connections < 1 || connections > Width.MOST) {
      throw new IllegalArgumentException("connections: 1 to " + Width.MOST);
    }
  }

  public static UploadSettings of(int connections, Patience patience) {
    return new UploadSettings(
        connections,
        Backoff.PARTS,
        Duration.ofMinutes(1),
        32,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        patience);
  }
}

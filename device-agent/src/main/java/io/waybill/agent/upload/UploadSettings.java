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
 */
public record UploadSettings(
    int connections,
    Backoff partBackoff,
    Duration forbiddenWait,
    int acknowledgeBatch,
    Duration acknowledgeDelay,
    Duration checkpoint,
    Duration statusPoll,
    Duration heldPoll) {

  public static final int DEFAULT_CONNECTIONS = 4;

  public UploadSettings {
    if (connections < 1 || connections > Width.MOST) {
      throw new IllegalArgumentException("connections: 1 to " + Width.MOST);
    }
  }

  public static UploadSettings of(int connections) {
    return new UploadSettings(
        connections,
        Backoff.PARTS,
        Duration.ofMinutes(1),
        32,
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5));
  }
}

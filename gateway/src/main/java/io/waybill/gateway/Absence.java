package io.waybill.gateway;

import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway does while its broker is away: it comes again, ever more rarely, and says so. */
final class Absence {

  private static final Logger LOG = LoggerFactory.getLogger(Absence.class);
  private static final long MAX_RECONNECT_DELAY_MS = 10_000;

  private Absence() {}

  /**
   * Connects again after a while. The link subscribes each time, and yet the client must
   * resubscribe, too: it would stop to hand on what arrives with the session that has ended.
   */
  static void comeBack(MqttClientDisconnectedContext context) {
    int attempts = context.getReconnector().getAttempts();
    if (context.getSource() != MqttDisconnectSource.USER && isWorthALine(attempts)) {
      LOG.warn(
          "no broker (attempt {}), will try again; devices repeat what is not answered",
          attempts,
          context.getCause());
    }
    context
        .getReconnector()
        .reconnect(true)
        .resubscribeIfSessionExpired(true)
        .republishIfSessionExpired(true)
        .delay(delayMillis(attempts), TimeUnit.MILLISECONDS);
  }

  /** The first attempt, the second, the fourth, the eighth: a long absence fills no log. */
  static boolean isWorthALine(int attempts) {
    return Integer.bitCount(attempts) < 2;
  }

  private static long delayMillis(int attempts) {
    long longest = Math.min(MAX_RECONNECT_DELAY_MS, 250L << Math.min(attempts, 6));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
  }
}

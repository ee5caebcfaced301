package io.waybill.agent.cli;

import io.waybill.agent.control.WaitListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells a person what is waited for: each reason once, and again when it has lasted a minute. */
class Voice implements WaitListener {

  private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_REASONS = 64;

  private final Terminal terminal;
  private final Map<String, Long> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_REASONS;
        }
      };

  Voice(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void waiting(String reason, @Nullable Duration still) {
    tell(
        reason,
        still == null
            ? "; for as long as it takes"
            : "; for " + Human.time(Duration.ofSeconds(still.toSeconds())) + " at most");
  }

  /** The same of what somebody else knows the end of, or nobody. */
  void waiting(String reason) {
    tell(reason, "");
  }

  private synchronized void tell(String reason, String end) {
    long now = System.nanoTime();
    Long before = said.get(key(reason));
    if (before == null || now - before >= AGAIN_NANOS) {
      said.put(key(reason), now);
      say("waiting: " + reason + end);
    }
  }

  /** Whether two reasons differ in nothing but how long it has lasted. */
  static boolean same(String one, String other) {
    return key(one).equals(key(other));
  }

  private static String key(String reason) {
    return reason.replaceAll("\\d+ (s|ms)\\b", "");
  }

  /** One line; whatever is drawn makes room for it. */
  void say(String line) {
    terminal.say(line);
  }
}

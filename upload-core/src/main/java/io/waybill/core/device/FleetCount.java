package io.waybill.core.device;

import java.time.Duration;
import java.util.List;

/**
 * How many devices there are, of all tenants, and how long nobody has heard of them.
 *
 * @param online those whose connection has not ended, as far as they tell
 * @param heard those that were ever heard, in groups of about the same silence
 */
public record FleetCount(int online, List<Heard> heard) {

  /** Where one group ends and the next begins, in seconds: a minute to thirty days. */
  public static final List<Integer> BOUNDS =
      List.of(60, 300, 900, 3_600, 21_600, 86_400, 604_800, 2_592_000);

  /**
   * Devices between two of {@link #BOUNDS}.
   *
   * @param silence the longest of theirs
   */
  public record Heard(int devices, Duration silence) {}

  public FleetCount {
    heard = List.copyOf(heard);
  }

  /** How many {@link #BOUNDS} a silence has reached. */
  public static int group(Duration silence) {
    return (int) BOUNDS.stream().filter(bound -> silence.toMillis() >= bound * 1_000L).count();
  }
}

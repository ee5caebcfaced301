package io.waybill.agent.daemon;

import io.waybill.agent.config.Schedule;
import io.waybill.agent.queue.Turns;
import io.waybill.agent.transfer.NettyPartStore;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps what is sent to the speed of the time of the week, and off a network that is metered. */
final class Tempo {

  private static final String METERED = "the network is metered";

  private final Schedule schedule;
  private final NettyPartStore store;
  private final Turns turns;
  private final Metered metered;
  private final Consumer<String> say;
  private Schedule.@Nullable Rate kept;
  private boolean rests;
  private boolean costly;

  Tempo(
      Schedule schedule, NettyPartStore store, Turns turns, Metered metered, Consumer<String> say) {
    this.metered = metered;
    this.say = say;
    this.schedule = schedule;
    this.store = store;
    this.turns = turns;
  }

  /** What counts now, by this machine's clock. */
  static Schedule.Rate now(Schedule schedule) {
    return schedule.at(LocalDateTime.now(ZoneId.systemDefault()));
  }

  void keep() {
    Schedule.Rate now = now(schedule);
    boolean costs = metered.now();
    boolean rest = now.paused() || costs || !metered.known();
    if (!now.equals(kept) || rest != rests) {
      kept = now;
      rests = rest;
      store.limit(now.bytesPerSecond());
      turns.rest(rest);
    }
    if (costs != costly) {
      costly = costs;
      say.accept(
          costs
              ? METERED + ": no part is started until it is not (limits.metered)"
              : "the network is not metered: uploads go on");
    }
  }

  /** Why nobody gets a turn now; null when they do. */
  @Nullable String rests() {
    Schedule.Rate now = kept;
    if (costly) {
      return METERED;
    }
    return now != null && now.paused() ? "limits.schedule has a pause now" : null;
  }
}

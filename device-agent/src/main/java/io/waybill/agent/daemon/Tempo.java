package io.waybill.agent.daemon;

import io.waybill.agent.config.Schedule;
import io.waybill.agent.queue.Turns;
import io.waybill.agent.transfer.NettyPartStore;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Keeps what is sent to the speed of the time of the week. */
final class Tempo {

  private final Schedule schedule;
  private final NettyPartStore store;
  private final Turns turns;
  private Schedule.@Nullable Rate kept;

  Tempo(Schedule schedule, NettyPartStore store, Turns turns) {
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
    if (!now.equals(kept)) {
      kept = now;
      store.limit(now.bytesPerSecond());
      turns.rest(now.paused());
    }
  }
}

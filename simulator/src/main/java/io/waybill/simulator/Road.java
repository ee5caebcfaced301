package io.waybill.simulator;

import java.util.function.Consumer;

/** How what somebody wants reaches one of our processes, and the answer comes back. */
interface Road {

  /** Sends it once; there may be no answer, or several. */
  void send(Wish wish, Consumer<Heard> hears);
}

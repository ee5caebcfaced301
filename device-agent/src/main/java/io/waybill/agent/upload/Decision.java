package io.waybill.agent.upload;

import java.util.List;
import java.util.stream.Stream;

/** What became of a file by an event, and what has to be done for it, in this order. */
record Decision(Course next, List<Effect> effects) {

  Decision {
    effects = List.copyOf(effects);
  }

  static Decision of(Course next, Effect... effects) {
    return new Decision(next, List.of(effects));
  }

  /** The same, and these before all others: what is asked comes last. */
  Decision after(Effect... first) {
    return new Decision(next, Stream.concat(Stream.of(first), effects.stream()).toList());
  }
}

package io.waybill.testkit.simulation;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way through one process, and who hears of its end. */
final class Flight {

  final String what;
  final Replica replica;
  private final Supplier<?> call;
  private final Consumer<Tape.Stand> ended;
  private final Tape tape = new Tape();
  private Tape.@Nullable Question<?> open;

  /**
   * @param ended hears {@code Ended} or {@code Died}; nothing at all when the process dies
   */
  Flight(String what, Replica replica, Supplier<?> call, Consumer<Tape.Stand> ended) {
    this.what = what;
    this.replica = replica;
    this.call = call;
    this.ended = ended;
  }

  /** Goes on to the next question; false when there is none any more. */
  boolean proceed() {
    Tape.Stand stand = replica.run(tape, call);
    if (stand instanceof Tape.Stand.Asks(Tape.Question<?> question)) {
      open = question;
      return true;
    }
    open = null;
    ended.accept(stand);
    return false;
  }

  Tape.Question<?> question() {
    if (open == null) {
      throw new IllegalStateException(what + " asks nothing");
    }
    return open;
  }

  void hear(Supplier<?> answer) {
    tape.hear(answer);
  }
}

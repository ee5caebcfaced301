package io.waybill.core.work;

import io.waybill.core.Outage;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one owner of begin, commit and rollback.
 *
 * <p>Work may be run more than once (a lost race, a serialization failure), so it has no effect
 * outside its transaction. Storage is never called inside one. No transaction, no connection and no
 * lock outlives the call, whatever the work does.
 *
 * <p>A use case is given the work on the stores that it may touch: {@code Work<? extends
 * UploadStores>}. Another capability's store is then a compile error.
 *
 * <p>Every method throws {@link Outage} when the database does not answer.
 *
 * @param <S> the stores that work sees, all in one transaction
 */
public interface Work<S> {

  /**
   * Runs work in one transaction: commits on {@code Ok}, rolls back on {@code Refused} or throw.
   */
  <T> Verdict<T> write(Function<? super S, Verdict<T>> work);

  /** Runs work that nothing can refuse, in one transaction. */
  default <T> T commit(Function<? super S, T> work) {
    return switch (write(tx -> Verdict.ok(work.apply(tx)))) {
      case Verdict.Ok<T>(T value) -> value;
      case Verdict.Refused<T>(Refusal refusal) ->
          throw new IllegalStateException("nobody refused: " + refusal.message());
    };
  }

  /**
   * Runs work whose statements each stand alone: reads, and writes of one statement (a claim, a
   * heartbeat), which commit at once. Each statement sees what is committed when it starts and
   * costs one round trip. Such work is never run again.
   */
  <T> T read(Function<? super S, T> work);

  /**
   * Runs work of one single statement, which commits by itself and tells its facts: what {@link
   * #commit} does, for a round trip less. A second statement is a bug.
   */
  default <T> T alone(Function<? super S, T> work) {
    return commit(work);
  }

  /**
   * The last wish of a call that has died of something else than its own work: runs work in one
   * transaction, as soon as the database answers again, for as long as {@code patience}. Returns
   * when it has been tried, or soon, whatever became of it, and throws nothing: what is never done
   * must be done by the end of a lease.
   */
  default void eventually(Duration patience, Consumer<? super S> work) {
    try {
      commit(tx -> {
        work.accept(tx);
        return patience;
      });
    } catch (Outage outage) {
      // Once is all that a database without threads can do.
    }
  }
}

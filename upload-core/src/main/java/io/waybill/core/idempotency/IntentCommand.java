package io.waybill.core.idempotency;

import io.waybill.core.Verdict;
import io.waybill.core.work.Ports;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The walk of a command whose effect is in storage: a first transaction commits the intent, storage
 * is asked without one, and what it said is settled in a second. Whoever dies in between is
 * finished by the same call repeated, or by a worker.
 */
public final class IntentCommand {

  private IntentCommand() {}

  /**
   * What the first transaction came to.
   *
   * @param <W> what is intended
   * @param <A> the command's answer
   */
  public sealed interface Begun<W, A> {
    /** The intent is committed, and it is this call's to go on with. */
    record Working<W, A>(W work) implements Begun<W, A> {}

    /** There is nothing to do: this is the answer, or was that of an earlier call. */
    record Finished<W, A>(A answer) implements Begun<W, A> {}
  }

  public static <W, A> Verdict<Begun<W, A>> working(W work) {
    return Verdict.ok(new Begun.Working<>(work));
  }

  public static <W, A> Verdict<Begun<W, A>> finished(A answer) {
    return Verdict.ok(new Begun.Finished<>(answer));
  }

  /**
   * Walks it.
   *
   * @param begin the first transaction
   * @param goOn storage, and the settling
   */
  public static <S extends IdempotencyStores, W, A> Verdict<A> walk(
      Ports<? extends S> ports,
      Once<S, A> once,
      Supplier<Verdict<Begun<W, A>>> begin,
      Function<W, Verdict<A>> goOn) {
    return once.alive(
        ports,
        () ->
            begin
                .get()
                .then(begun ->
                    switch (begun) {
                      case Begun.Finished<W, A>(A answer) -> Verdict.ok(answer);
                      case Begun.Working<W, A>(W work) -> {
                        once.committed();
                        yield goOn.apply(work);
                      }
                    }));
  }
}

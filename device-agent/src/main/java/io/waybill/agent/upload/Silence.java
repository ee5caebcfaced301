package io.waybill.agent.upload;

import io.waybill.agent.spool.Waiting;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is under way and for how long it has given no sign of life, in words for who waits. */
final class Silence {

  /** A person begins to wonder. */
  private static final long OF_A_STORE = Duration.ofSeconds(5).toNanos();

  private static final long OF_THE_SERVER = Duration.ofSeconds(2).toNanos();

  /** Something under way; its sign of life may come from any thread. */
  static final class UnderWay {
    private final String what;
    private final long bytes;
    private volatile long moved;
    private volatile long last = System.nanoTime();

    private UnderWay(String what, long bytes) {
      this.what = what;
      this.bytes = bytes;
    }

    /** Only its own thread moves it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void moved(long more) {
      moved += more;
      last = System.nanoTime();
    }

    long moved() {
      return moved;
    }
  }

  /**
   * Nothing was heard.
   *
   * @param of who says nothing to what
   */
  record Quiet(String of, long nanos) {
    /** For who watches. */
    Waiting shown() {
      return Waiting.open(of + ", for " + nanos / 1_000_000_000L + " s");
    }

    /** For who reads it later, when it has lasted longer. */
    Waiting written() {
      return Waiting.open(of);
    }
  }

  private final Set<UnderWay> puts = new LinkedHashSet<>();
  private final Set<UnderWay> questions = new LinkedHashSet<>();
  private long lastAnswer = System.nanoTime();

  UnderWay put(String store, long bytes) {
    UnderWay put = new UnderWay(store, bytes);
    puts.add(put);
    return put;
  }

  UnderWay question(String name, String address) {
    UnderWay question = new UnderWay(name + " from " + address, 0);
    questions.add(question);
    return question;
  }

  void over(UnderWay done) {
    if (puts.remove(done)) {
      lastAnswer = System.nanoTime();
    }
    questions.remove(done);
  }

  int puts() {
    return puts.size();
  }

  /** What nothing is heard of; null when something moves, or nothing has to. */
  @Nullable Quiet heardAt(long now) {
    return puts.isEmpty() ? ofTheServer(now) : ofAStore(now);
  }

  private @Nullable Quiet ofTheServer(long now) {
    for (UnderWay question : questions) {
      if (now - question.last >= OF_THE_SERVER) {
        return new Quiet("no answer yet to " + question.what, now - question.last);
      }
    }
    return null;
  }

  /** Bytes that leave this machine say little of a store that answers nothing. */
  private @Nullable Quiet ofAStore(long now) {
    long still = Long.MAX_VALUE;
    for (UnderWay put : puts) {
      long unheard = Math.min(now - put.last, now - lastAnswer);
      if (put.moved == put.bytes && unheard >= OF_A_STORE) {
        return of(put, " has a whole part and does not answer", unheard);
      }
      still = Math.min(still, unheard);
    }
    return still < OF_A_STORE ? null : of(puts.iterator().next(), " takes no bytes", still);
  }

  private static Quiet of(UnderWay put, String does, long nanos) {
    return new Quiet("the store at " + put.what + does, nanos);
  }
}

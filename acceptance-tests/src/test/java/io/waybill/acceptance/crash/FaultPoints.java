package io.waybill.acceptance.crash;

import io.waybill.core.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The places on one call's way at which its process can die: after every commit and after every
 * storage call. Only the thread that walks is counted, not the heartbeats beside it.
 */
final class FaultPoints {
  private final int last;
  private final Runnable death;
  private final List<String> passed = new ArrayList<>();
  private @Nullable Thread walker;

  /** Dies at the place of this number, counted from 0. */
  FaultPoints(int last, Runnable death) {
    this.last = last;
    this.death = death;
  }

  /** Only counts. */
  static FaultPoints counting() {
    return new FaultPoints(Integer.MAX_VALUE, () -> {});
  }

  Verdict<?> walk(Callable<Verdict<?>> call) throws Exception {
    walker = Thread.currentThread();
    try {
      return call.call();
    } finally {
      walker = null;
    }
  }

  void pass(String place) {
    if (Thread.currentThread() != walker) {
      return;
    }
    passed.add(place);
    if (passed.size() - 1 == last) {
      death.run();
    }
  }

  List<String> passed() {
    return List.copyOf(passed);
  }
}

package io.waybill.agent.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast it goes: now, which is the last few seconds, and on the whole. */
final class Rates {

  private static final long NOW_NANOS = 5_000_000_000L;

  private record Sample(long at, long bytes) {}

  private final Deque<Sample> samples = new ArrayDeque<>();
  private final Sample first;
  private Sample last;

  Rates(long now) {
    first = new Sample(now, 0);
    last = first;
    samples.add(first);
  }

  void sample(long now, long bytes) {
    last = new Sample(now, bytes);
    samples.add(last);
    while (samples.size() > 2 && now - samples.getFirst().at() > NOW_NANOS) {
      samples.removeFirst();
    }
  }

  long now() {
    return between(samples.getFirst(), last);
  }

  long average() {
    return between(first, last);
  }

  private static long between(Sample from, Sample to) {
    long nanos = to.at() - from.at();
    return nanos <= 0 ? 0 : (long) ((to.bytes() - from.bytes()) * 1e9 / nanos);
  }
}

package io.waybill.acceptance.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Callers who begin together. */
final class Rivals {
  private Rivals() {}

  /** What each of so many was answered, when all of them had waited for each other. */
  static <A> List<A> race(int many, IntFunction<A> call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(many);
    List<Callable<A>> calls = new ArrayList<>();
    for (int n = 0; n < many; n++) {
      int number = n;
      calls.add(() -> {
        start.await();
        return call.apply(number);
      });
    }
    List<A> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      for (Future<A> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}

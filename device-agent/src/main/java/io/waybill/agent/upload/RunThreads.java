package io.waybill.agent.upload;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What may take long is done here; what comes of it is done on the run's own thread. */
final class RunThreads implements AutoCloseable {

  private static final int QUESTIONS_AT_ONCE = 4;

  private final Mailbox mailbox;
  private final ExecutorService questions = questionThreads();

  /** One read may hang on a dead disk; it must not hold up the others. */
  private final ExecutorService reading =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("reading-", 0).factory());

  RunThreads(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Asks, and answers what to do with the answer. */
  void question(Callable<Runnable> work) {
    start(questions, work);
  }

  void reading(Callable<Runnable> work) {
    start(reading, work);
  }

  private void start(ExecutorService threads, Callable<Runnable> work) {
    threads.execute(() -> {
      try {
        mailbox.post(work.call());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the run is over
      } catch (Exception e) {
        mailbox.post(() -> {
          // a bug ends the run with its trace, instead of leaving it waiting for ever
          throw e instanceof RuntimeException bug ? bug : new IllegalStateException(e);
        });
      }
    });
  }

  @Override
  public void close() {
    questions.shutdownNow();
    reading.shutdownNow();
  }

  private static ExecutorService questionThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            QUESTIONS_AT_ONCE,
            QUESTIONS_AT_ONCE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("question-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}

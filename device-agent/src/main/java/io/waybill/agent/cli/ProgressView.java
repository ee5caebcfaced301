package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadEnd;
import io.waybill.agent.upload.UploadProgress;
import io.waybill.agent.upload.UploadRun;
import io.waybill.agent.upload.UploadStep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it runs: a bar that is drawn over itself where a person watches, a plain line
 * every few seconds where progress was asked for, nothing otherwise.
 */
final class ProgressView {

  private static final Duration BAR_EVERY = Duration.ofMillis(200);
  private static final Duration LINE_EVERY = Duration.ofSeconds(5);

  private final Terminal terminal;
  private final boolean lines;
  private boolean drawn;
  private @Nullable String lastWait;

  ProgressView(Terminal terminal, boolean lines) {
    this.terminal = terminal;
    this.lines = lines;
  }

  /** Runs it and answers its end. */
  UploadEnd show(UploadRun run) throws InterruptedException {
    if (!terminal.attended() && !lines) {
      return run.run();
    }
    CountDownLatch over = new CountDownLatch(1);
    Thread painter = Thread.ofPlatform().daemon().name("progress").start(() -> paint(run, over));
    try {
      return run.run();
    } finally {
      over.countDown();
      painter.join(1_000);
    }
  }

  private void paint(UploadRun run, CountDownLatch over) {
    Duration every = terminal.attended() ? BAR_EVERY : LINE_EVERY;
    Rates rates = new Rates(System.nanoTime());
    try {
      while (!over.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
        draw(run.progress(), rates);
      }
      if (terminal.attended()) {
        draw(run.progress(), rates);
        clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void draw(UploadProgress progress, Rates rates) {
    rates.sample(System.nanoTime(), progress.movedBytes());
    PrintStream err = terminal.err();
    if (terminal.attended()) {
      err.print("\r\033[K" + ProgressLine.bar(progress, rates, columns()));
      err.flush();
      drawn = true;
    } else {
      err.println(ProgressLine.plain(progress, rates));
    }
  }

  private synchronized void clear() {
    if (drawn) {
      terminal.err().print("\r\033[K");
      terminal.err().flush();
      drawn = false;
    }
  }

  /** Why nobody answers, said once per reason. */
  void waiting(String reason) {
    if ((terminal.attended() || lines) && !reason.equals(lastWait)) {
      lastWait = reason;
      line("waiting: " + reason);
    }
  }

  /** Steps that a person should know of. */
  void step(UploadStep step) {
    switch (step) {
      case UploadStep.Opened opened when terminal.attended() ->
          line(opened.file() + ": session " + opened.sessionId());
      case UploadStep.Warned(String file, String text) -> line(file + ": " + text);
      case UploadStep.Waiting(String file, String reason, var next) -> line(file + ": " + reason);
      case UploadStep.Restarted(String file, String reason, String session) ->
          line(file + ": " + reason + "; started over");
      case UploadStep.Reconciled(String file, String session, int stored, int of, var took) ->
          line(file + ": " + stored + " of " + of + " parts are stored already");
      default -> {}
    }
  }

  private synchronized void line(String text) {
    clear();
    terminal.err().println("waybill-agent: " + text);
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : 80;
  }
}

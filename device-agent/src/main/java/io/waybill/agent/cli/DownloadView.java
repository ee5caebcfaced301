package io.waybill.agent.cli;

import io.waybill.agent.download.Download;
import io.waybill.agent.download.DownloadEnd;
import io.waybill.agent.download.DownloadProgress;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadProgress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Shows a download while it runs, as an upload is shown. */
final class DownloadView {

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final long LINE_EVERY = Duration.ofSeconds(5).toNanos();

  private final Terminal terminal;
  private final boolean lines;
  private final int connections;
  private final ProgressBar bar;
  private final Voice voice;

  DownloadView(Terminal terminal, boolean lines, int connections) {
    this.terminal = terminal;
    this.lines = lines;
    this.connections = connections;
    this.bar = new ProgressBar(terminal);
    this.voice = bar.voice();
  }

  Voice voice() {
    return voice;
  }

  DownloadEnd show(String name, Download download) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Thread painter =
        Thread.ofPlatform().daemon().name("progress").start(() -> paint(name, download, over));
    try {
      return download.run();
    } finally {
      over.countDown();
      painter.join(1_000);
    }
  }

  private void paint(String name, Download download, CountDownLatch over) {
    Rates rates = new Rates(System.nanoTime());
    long nextLine = System.nanoTime() + LINE_EVERY;
    try {
      while (!over.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        UploadProgress progress = progress(name, download.progress());
        long now = System.nanoTime();
        rates.sample(now, progress.movedBytes());
        String waiting = progress.waitingFor();
        if (waiting != null) {
          voice.waiting(waiting);
        }
        if (terminal.attended()) {
          bar.draw(progress, rates);
        } else if (lines && now - nextLine >= 0) {
          nextLine = now + LINE_EVERY;
          terminal.err().println(ProgressLine.plain(progress, rates));
        }
      }
      bar.clear();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private UploadProgress progress(String name, DownloadProgress now) {
    String waiting = now.waitingFor();
    return new UploadProgress(
        name,
        null,
        now.totalBytes(),
        now.doneBytes(),
        now.movedBytes(),
        now.chunks(),
        now.confirmedChunks(),
        now.retries(),
        connections,
        waiting == null ? null : Waiting.open(waiting));
  }
}

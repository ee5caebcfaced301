package io.waybill.agent.cli;

import io.waybill.agent.download.Download;
import io.waybill.agent.download.DownloadEnd;
import io.waybill.agent.download.DownloadProgress;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadProgress;

/** Shows a download while it runs, as an upload is shown. */
final class DownloadView {

  private final int connections;
  private final Painter painter;
  private final Voice voice;

  DownloadView(Terminal terminal, boolean lines, int connections) {
    ProgressBar bar = new ProgressBar(terminal);
    this.connections = connections;
    this.painter = new Painter(terminal, lines, bar);
    this.voice = bar.voice();
  }

  Voice voice() {
    return voice;
  }

  DownloadEnd show(String name, Download download) throws InterruptedException {
    return painter.during(
        download::run, () -> progress(name, download.progress()), (progress, now) -> say(progress));
  }

  private void say(UploadProgress progress) {
    String waiting = progress.waitingFor();
    if (waiting != null) {
      voice.waiting(waiting);
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

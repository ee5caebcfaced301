package io.waybill.agent.cli;

import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.Waiting;
import io.waybill.agent.upload.UploadEnd;
import io.waybill.agent.upload.UploadProgress;
import io.waybill.agent.upload.UploadRun;
import io.waybill.agent.upload.UploadStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run while it runs: a bar that is drawn over itself where a person watches, a plain line
 * every few seconds where progress was asked for; and in any case what is waited for.
 */
final class ProgressView {

  private final Terminal terminal;
  private final Duration patience;
  private final ProgressBar bar;
  private final Painter painter;
  private final Voice voice;

  /**
   * @param patience how long an upload that is paused already may hold up its command
   */
  ProgressView(Terminal terminal, boolean lines, Duration patience) {
    this.terminal = terminal;
    this.patience = patience;
    this.bar = new ProgressBar(terminal);
    this.painter = new Painter(terminal, lines, bar);
    this.voice = bar.voice();
  }

  /** Speaks of what is waited for, beside whatever is drawn. */
  Voice voice() {
    return voice;
  }

  /** Runs it and answers its end. */
  UploadEnd show(UploadRun run, Spool spool, Manifest manifest)
      throws InterruptedException, IOException {
    Waits waits = new Waits(voice, patience);
    Thread worker = Thread.currentThread();
    try {
      return painter.during(
          run::run,
          run::progress,
          (progress, now) -> {
            if (waits.outwaited(progress, now)) {
              worker.interrupt();
            }
          });
    } catch (InterruptedException e) {
      String paused = waits.givenUp();
      if (paused == null) {
        throw e;
      }
      return new UploadEnd(spool.read(manifest.uploadId()).orElse(manifest), paused, null);
    }
  }

  /** Steps that a person should know of. */
  void step(UploadStep step) {
    String said =
        switch (step) {
          case UploadStep.Opened opened when terminal.attended() -> "session " + opened.sessionId();
          case UploadStep.Warned warned -> warned.text();
          case UploadStep.Waiting(String file, String reason, Instant again) ->
              new Waiting(reason, again).inWords();
          case UploadStep.Restarted restarted -> restarted.reason() + "; started over";
          case UploadStep.Reconciled seen ->
              seen.stored() + " of " + seen.of() + " parts are stored already";
          default -> null;
        };
    if (said != null) {
      bar.line(step.file() + ": " + said);
    }
  }

  /** What nothing moves for, and since when. */
  private static final class Waits {
    private static final long PEACE = Duration.ofSeconds(2).toNanos();

    private final Voice voice;
    private final Duration patience;
    private String reason = "";
    private long since;
    private volatile @Nullable String givenUp;

    Waits(Voice voice, Duration patience) {
      this.voice = voice;
      this.patience = patience;
    }

    /** Whether what was paused before this run began has been waited for long enough. */
    boolean outwaited(UploadProgress progress, long now) {
      String present = progress.waitingFor();
      if (present == null) {
        reason = "";
        return false;
      }
      if (!Voice.same(present, reason)) {
        reason = present;
        since = now;
        return false;
      }
      if (now - since < PEACE || givenUp != null) {
        return false;
      }
      boolean pausedBefore = present.startsWith("paused") && progress.movedBytes() == 0;
      Duration left = patience.minusNanos(now - since);
      if (pausedBefore) {
        voice.waiting(present, left);
      } else {
        voice.waiting(present); // until when, the run knows, or who asks the server
      }
      if (pausedBefore && left.isNegative()) {
        givenUp = present;
        return true;
      }
      return false;
    }

    @Nullable String givenUp() {
      return givenUp;
    }
  }
}

package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadProgress;
import java.io.PrintStream;

/** A bar at the foot of a terminal; lines go above it. */
final class ProgressBar {

  private final Terminal terminal;
  private final TerminalWidth width;
  private boolean drawn;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
    this.width = new TerminalWidth(terminal.attended());
  }

  synchronized void draw(UploadProgress progress, Rates rates) {
    PrintStream err = terminal.err();
    err.print("\r\033[K" + ProgressLine.bar(progress, rates, width.columns()));
    err.flush();
    drawn = true;
  }

  synchronized void clear() {
    if (drawn) {
      terminal.err().print("\r\033[K");
      terminal.err().flush();
      drawn = false;
    }
  }

  synchronized void line(String text) {
    clear();
    terminal.say(text);
  }

  /** Speaks of what is waited for, above the bar. */
  Voice voice() {
    return new Voice(terminal) {
      @Override
      void say(String line) {
        line(line);
      }
    };
  }
}

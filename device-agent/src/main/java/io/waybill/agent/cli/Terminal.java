package io.waybill.agent.cli;

import io.waybill.agent.local.Program;
import io.waybill.agent.local.Shown;
import java.io.PrintStream;

/**
 * Where a command speaks. Names and reasons come from outside: whatever they hold, a line stays one
 * line and steers nothing.
 *
 * @param attended whether a person watches, so that a line may be drawn over itself
 * @param ownProcess whether this process is ours alone, so that it may hook its end
 */
public record Terminal(PrintStream out, PrintStream err, boolean attended, boolean ownProcess) {

  /** One line of the output proper. */
  void print(String line) {
    out.println(Shown.line(line));
  }

  /** One line beside it, to the person. */
  void say(String line) {
    err.println(Program.NAME + ": " + Shown.line(line));
  }

  /** What must not happen; whoever mends it needs to know where. */
  public void bug(Throwable bug) {
    say("this is a fault of the agent itself, please report it with what follows: " + bug);
    for (Throwable each = bug; each != null; each = each.getCause()) {
      err.println(Shown.line("caused by " + each));
      for (StackTraceElement frame : each.getStackTrace()) {
        err.println("  at " + frame);
      }
    }
  }
}

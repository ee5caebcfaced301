package io.waybill.agent.cli;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param attended whether a person watches, so that a line may be drawn over itself
 * @param ownProcess whether this process is ours alone, so that it may hook its end
 */
public record Terminal(PrintStream out, PrintStream err, boolean attended, boolean ownProcess) {}

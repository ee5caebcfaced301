package io.waybill.simulator;

import java.io.IOException;

/** Why nobody has answered. Where it happened, the story says. */
final class Silence extends IOException {

  private static final long serialVersionUID = 1L;

  Silence() {
    super("simulated");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this; // it would take longer than what the call does
  }
}

package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadEnd;

/** What the exit codes mean; scripts rely on them. */
enum ExitCode {
  DONE(0),
  /** A fault of the agent itself. */
  BUG(1),
  /** The command, a file of it, or this machine's state directory. */
  USAGE(2),
  UNREACHABLE(3),
  REFUSED(4),
  CHANGED(5),
  INTERRUPTED(130);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(UploadEnd.Outcome outcome) {
    return switch (outcome) {
      case DONE -> DONE;
      case UNREACHABLE -> UNREACHABLE;
      case REFUSED -> REFUSED;
      case CHANGED -> CHANGED;
    };
  }

  /** Of two uploads, the one that a person should hear of. */
  ExitCode worse(ExitCode other) {
    return rank() >= other.rank() ? this : other;
  }

  private int rank() {
    return switch (this) {
      case DONE -> 0;
      case USAGE -> 1; // what exits 2 has left nothing to take up
      case UNREACHABLE -> 2;
      case CHANGED -> 3;
      case REFUSED -> 4;
      case INTERRUPTED -> 5;
      case BUG -> 6;
    };
  }
}

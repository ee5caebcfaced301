package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadEnd;

/** What the exit codes mean; scripts rely on them. */
enum ExitCode {
  DONE(0),
  USAGE(2),
  UNREACHABLE(3),
  REFUSED(4),
  CHANGED(5);

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
      case UNREACHABLE -> 1;
      case CHANGED -> 2;
      case REFUSED -> 3;
      case USAGE -> 4;
    };
  }
}

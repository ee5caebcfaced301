package io.waybill.agent.command;

import io.waybill.agent.local.Shown;

/** A command that is not carried out, and why: a code for programs, and words for people. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  RefusedException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }

  /** All that lies beyond the roots is refused in the same words: they tell nothing of it. */
  static RefusedException outside(String path) {
    return new RefusedException(
        "path_outside_roots",
        shown(path) + " is not below one of the directories that this device may be asked for");
  }

  /** A path as people may see it, and not more of it than they would read. */
  static String shown(String path) {
    String line = Shown.line(path);
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}

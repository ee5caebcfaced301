package io.waybill.acceptance.kill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an upload of one part is after each command of its device, by the table of docs/states.md
 * alone: the state, what is refused, and which facts are told, each once.
 */
final class UploadModel {
  private static final String INVALID = "upload.invalid_state";
  private static final Set<String> OPEN = Set.of("INITIATED", "UPLOADING", "PAUSED");

  private final List<String> facts = new ArrayList<>(List.of("upload.initiated"));
  private String state = "INITIATED";
  private boolean isSent;
  private boolean isKnown;

  String state() {
    return state;
  }

  boolean isOpen() {
    return OPEN.contains(state);
  }

  /** Whether the part was acknowledged. */
  boolean isKnown() {
    return isKnown;
  }

  /** What its timeline says of it, in this order. */
  List<String> facts() {
    return List.copyOf(facts);
  }

  /** The store has the part. */
  void isSent() {
    isSent = true;
  }

  /** The code with which the command is refused now; empty when it succeeds. */
  String refusal(String command) {
    return switch (command) {
      case "get_status", "list_parts" -> "";
      case "presign_parts" -> only(isOpen() && !state.equals("PAUSED"));
      case "acknowledge_part", "extend_upload" -> only(isOpen());
      case "pause_upload" -> only(isOpen());
      case "resume_upload" -> only(isOpen() && !state.equals("INITIATED"));
      case "abort_upload" -> only(isOpen() || state.equals("ABORTED"));
      case "complete_upload" ->
          isOpen() && !isSent
              ? "upload.missing_parts"
              : only(isOpen() || state.equals("COMPLETED"));
      default -> throw new IllegalArgumentException(command);
    };
  }

  /**
   * Whether it is refused now and could be done later. A refusal is not remembered: a repetition of
   * it that a broker or a dead gateway still has would be done then, between other commands.
   */
  boolean mayBeDoneLate(String command) {
    return isOpen() && !refusal(command).isEmpty() && !command.equals("presign_parts");
  }

  private static String only(boolean permitted) {
    return permitted ? "" : INVALID;
  }

  /** The command has succeeded. */
  void did(String command) {
    switch (command) {
      case "presign_parts" -> {
        if (state.equals("INITIATED")) {
          become("UPLOADING", "upload.started");
        }
      }
      case "acknowledge_part" -> isKnown = true;
      case "extend_upload" -> facts.add("upload.extended");
      case "pause_upload" -> become("PAUSED", "upload.paused");
      case "resume_upload" -> become("UPLOADING", "upload.resumed");
      case "abort_upload" -> become("ABORTED", "upload.aborted");
      case "complete_upload" -> become("COMPLETED", "upload.completed");
      default -> {}
    }
  }

  private void become(String next, String fact) {
    if (!state.equals(next)) {
      state = next;
      facts.add(fact);
    }
  }
}

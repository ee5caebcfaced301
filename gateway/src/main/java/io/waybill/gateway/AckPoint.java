package io.waybill.gateway;

import io.waybill.wire.Command;

/** When our death can lose a command no more, and so when its request is acknowledged. */
enum AckPoint {
  /** After its commit and after its answer is handed over. */
  ONE_TRANSACTION,
  /** After its intent is committed: from then on any gateway can finish it and answer. */
  INTENT_FIRST,
  /** At once: it changes nothing, waits for storage, and its device asks again. */
  READS_STORAGE;

  static AckPoint of(Command command) {
    return switch (command) {
      case Command.CreateSession c -> INTENT_FIRST;
      case Command.CompleteUpload c -> INTENT_FIRST;
      case Command.AbortUpload c -> INTENT_FIRST;
      case Command.RetryObject c -> INTENT_FIRST;
      case Command.ListParts list ->
          list.source() == Command.PartSource.DB ? ONE_TRANSACTION : READS_STORAGE;
      case Command.PresignParts c -> ONE_TRANSACTION;
      case Command.AcknowledgePart c -> ONE_TRANSACTION;
      case Command.GetStatus c -> ONE_TRANSACTION;
      case Command.PauseUpload c -> ONE_TRANSACTION;
      case Command.ResumeUpload c -> ONE_TRANSACTION;
      case Command.ExtendUpload c -> ONE_TRANSACTION;
      case Command.Describe c -> ONE_TRANSACTION;
      case Command.Malformed c -> ONE_TRANSACTION;
    };
  }

  /** Whether an answer is remembered under the request's key. */
  static boolean isRemembered(Command command) {
    return switch (command) {
      case Command.CreateSession c -> true;
      case Command.CompleteUpload c -> true;
      case Command.AbortUpload c -> true;
      case Command.RetryObject c -> true;
      case Command.PauseUpload c -> true;
      case Command.ResumeUpload c -> true;
      case Command.ExtendUpload c -> true;
      case Command.ListParts c -> false;
      case Command.PresignParts c -> false;
      case Command.AcknowledgePart c -> false;
      case Command.GetStatus c -> false;
      case Command.Describe c -> false;
      case Command.Malformed c -> false;
    };
  }
}

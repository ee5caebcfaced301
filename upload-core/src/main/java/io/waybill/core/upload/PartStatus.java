package io.waybill.core.upload;

/** What a part's row says. A part without a row is missing. */
public enum PartStatus {
  /** The client says that storage took it, or storage listed it. */
  UPLOADED,

  /** Storage has it otherwise than the plan wants it: it must be sent again. */
  FAILED
}

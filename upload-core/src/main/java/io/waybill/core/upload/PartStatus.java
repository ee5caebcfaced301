package io.waybill.core.upload;

/** How we know of a part. Storage alone is the authority. */
public enum PartStatus {
  /** The client says that storage took it. */
  ACKNOWLEDGED,
  /** ListParts said so. */
  STORED
}

package io.waybill.agent.transfer;

import org.jspecify.annotations.Nullable;

/** What became of one PUT. */
public sealed interface PutOutcome {

  /** The store has the part. */
  record Stored(String etag) implements PutOutcome {}

  /**
   * The store answered, and not with success.
   *
   * @param code the store's own error code, as {@code BadDigest}; empty when it gave none
   * @param retryAfterSeconds what the store asked for, null when it did not
   */
  record Answered(int status, String code, @Nullable Long retryAfterSeconds)
      implements PutOutcome {}

  /** There was no connection to send it over: the store does not have the part. */
  record Unreached(String reason) implements PutOutcome {}

  /** The connection broke, at either end: the store may have the part or not. */
  record Unknown(String reason) implements PutOutcome {}

  /** Something answered in the store's place: what it says of the part means nothing. */
  record NotTheStore(String reason) implements PutOutcome {}

  /** Our own file could not be read; the network has no part in it. */
  record Unreadable(String reason) implements PutOutcome {}

  /** The file gave other bytes than when this part was sent before; they were not sent. */
  record OtherBytes() implements PutOutcome {}
}

package io.waybill.agent.spool;

import java.util.Objects;

/**
 * A part that the store has taken.
 *
 * @param acknowledged whether the server was told, or told us
 */
public record SentPart(int number, String etag, boolean acknowledged) {

  public SentPart {
    Objects.requireNonNull(etag, "etag");
    if (number < 1) {
      throw new IllegalArgumentException("part " + number + ": parts are numbered from 1");
    }
  }
}

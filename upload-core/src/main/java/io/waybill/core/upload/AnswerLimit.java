package io.waybill.core.upload;

import java.util.function.ToLongFunction;

/**
 * How large an answer may be for a client with small buffers.
 *
 * @param maxBytes as the client asked
 * @param sizeOf bytes of an answer as the transport will write it
 */
public record AnswerLimit(long maxBytes, ToLongFunction<Object> sizeOf) {

  public static final AnswerLimit NONE = new AnswerLimit(Long.MAX_VALUE, answer -> 0);

  public boolean fits(Object answer) {
    return sizeOf.applyAsLong(answer) <= maxBytes;
  }
}

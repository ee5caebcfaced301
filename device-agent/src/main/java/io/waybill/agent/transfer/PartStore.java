package io.waybill.agent.transfer;

import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** Where parts go. */
public interface PartStore extends AutoCloseable {

  /**
   * Sends one part. Returns at once; the future always completes normally, and what it holds is all
   * that is known of the part. The same part may be sent again.
   *
   * @param moved told of bytes as they leave, on a thread that must not be held up
   */
  CompletableFuture<PutOutcome> put(PartPut part, LongConsumer moved);

  @Override
  void close();
}

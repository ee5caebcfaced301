package io.waybill.agent.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Hears why nothing goes on. It may be told the same again and again, from any thread. */
@FunctionalInterface
public interface WaitListener {

  /** Nobody needs to hear of it. */
  WaitListener SILENT = (reason, still) -> {};

  /**
   * Something is waited for, and has been for a while.
   *
   * @param reason for what and why, in words for a person
   * @param still for how long at most; null for as long as it takes
   */
  void waiting(String reason, @Nullable Duration still);
}

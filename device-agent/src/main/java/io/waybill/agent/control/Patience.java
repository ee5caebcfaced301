package io.waybill.agent.control;

import java.time.Duration;

/**
 * How long to go on asking.
 *
 * @param unreachable while nobody answers
 * @param busy while the answer is "not now"
 */
public record Patience(Duration unreachable, Duration busy) {

  /** For a person who waits at a terminal. */
  public static final Patience ATTENDED =
      new Patience(Duration.ofSeconds(30), Duration.ofMinutes(30));

  /** For whoever said that it may take as long as it takes. */
  public static final Patience ENDLESS = new Patience(Duration.ofDays(3650), Duration.ofDays(3650));
}
